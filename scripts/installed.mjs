// What node_modules lacks, by comparing package-lock.json with the list that npm keeps of what it installed.
// Plain JavaScript for Node 18 and newer, no dependencies, and no access to files: the callers read.

/**
 * Paths of packages that are not installed as locked.
 * @param lock parsed package-lock.json
 * @param installed parsed node_modules/.package-lock.json; null: there is none
 * @param options production: packages for development may be absent
 */
export function missingPackages(lock, installed, { production, platform, arch }) {
  const there = installed?.packages ?? {};
  return Object.entries(lock.packages)
    .filter(([path]) => path.startsWith('node_modules/'))
    .filter(([, wanted]) => !(production && forDevelopment(wanted)))
    .filter(([, wanted]) => !wanted.optional || isFor(wanted, platform, arch))
    .filter(([path, wanted]) => !isSame(there[path], wanted))
    .map(([path]) => path);
}

/** True where `npm ci --omit=dev` was the last word: everything but the packages for development is there. */
export function isProductionInstall(lock, installed) {
  const development = Object.entries(lock.packages).filter(([, { dev }]) => dev);
  return installed !== null && !development.some(([path]) => Object.hasOwn(installed.packages, path));
}

/** True where package.json asks for what package-lock.json was made of. */
export function isLockOf(lock, { dependencies = {}, devDependencies = {} }) {
  const root = lock.packages[''] ?? {};
  const same = (one, other) =>
    JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
  return same(dependencies, root.dependencies ?? {}) && same(devDependencies, root.devDependencies ?? {});
}

const forDevelopment = ({ dev, devOptional }) => dev === true || devOptional === true;

/** Optional packages carry binaries for one platform; which C library one of Linux has is npm's to find out. */
function isFor({ os, cpu, libc }, platform, arch) {
  return libc === undefined && os?.includes(platform) === true && cpu?.includes(arch) === true;
}

function isSame(found, wanted) {
  if (found === undefined) return false;
  return wanted.link ? found.link === true && found.resolved === wanted.resolved : found.version === wanted.version;
}
