/**
 * The sign of Windrose, a star of four points, as a bitmap (BGRA, premultiplied) for places where the system wants a small
 * picture, such as the tray.
 */
export function roseBitmap(size: number, [red, green, blue]: readonly [number, number, number]): Buffer {
  const bitmap = Buffer.alloc(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const alpha = coverage(x, y, size);
      bitmap.set([blue * alpha, green * alpha, red * alpha, 255 * alpha].map(Math.round), (y * size + x) * 4);
    }
  }
  return bitmap;
}

/** How much of a pixel lies within the star, from 0 to 1, by 16 points of it. */
function coverage(x: number, y: number, size: number): number {
  let inside = 0;
  for (let point = 0; point < 16; point++) {
    const across = Math.abs(((x + ((point % 4) + 0.5) / 4) * 2) / size - 1);
    const down = Math.abs(((y + (Math.floor(point / 4) + 0.5) / 4) * 2) / size - 1);
    if (across ** 0.6 + down ** 0.6 <= 1) inside += 1;
  }
  return inside / 16;
}
