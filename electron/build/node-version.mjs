// @ts-check
// Imported before everything else: what the other files use is not in older versions.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Windrose needs Node 20.19 or newer to be built; this is ${process.versions.node}.`);
  process.exit(1);
}
