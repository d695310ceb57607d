import { app } from 'electron';
import { z } from 'zod';

const greeting = z.object({ files: z.array(z.string()) });

/**
 * Two processes on one store would destroy it, so a second start hands its files to the first and ends.
 * @param files the files that this start was given, as absolute paths
 * @param onSecondStart hears what a later start was given
 * @returns whether this is the first
 */
export function claimInstance(files: readonly string[], onSecondStart: (files: readonly string[]) => void): boolean {
  if (!app.requestSingleInstanceLock({ files })) return false;
  app.on('second-instance', (_event, _argv, _folder, data) => {
    const parsed = greeting.safeParse(data);
    onSecondStart(parsed.success ? parsed.data.files : []);
  });
  return true;
}
