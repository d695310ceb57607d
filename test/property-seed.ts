import fc from 'fast-check';

// In CI the same cases each time: a change is judged by what it changes. Elsewhere every run tries others.
if (process.env.CI) fc.configureGlobal({ seed: 20261124 });
