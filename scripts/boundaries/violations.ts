// Compares the imports with the table: what it forbids, and what it allows though nobody does it.
import type { Import, ImportGraph } from './import-graph.ts';
import type { Area, Boundaries } from './table.ts';

/** One sentence for each import that breaks a rule: where, what, and which rule. */
export function findViolations(graph: ImportGraph, boundaries: Boundaries): string[] {
  const homeless = graph.files.flatMap((file) => {
    const place = placeOf(file, boundaries);
    return place && place.layer === -1 ? [`${file}: ${place.unit} has no line in the layers of ${place.name}.`] : [];
  });
  const broken = graph.imports.flatMap((each) => {
    const rule = brokenRule(each, boundaries);
    return rule ? [`${each.from}:${each.line} imports '${each.specifier}': ${rule}`] : [];
  });
  return [...homeless, ...broken];
}

/** Lines of the table that no import uses: they would let something in unseen later. */
export function findUnused(graph: ImportGraph, { areas, packages, onDemand }: Boundaries): string[] {
  const within = (name: string) => graph.imports.filter(({ from }) => areaOf(from, areas) === name);
  const ofAreas = Object.entries(areas).flatMap(([name, { imports = [], types = [] }]) =>
    [...imports, ...types]
      .filter((target) => !within(name).some(({ file }) => file !== null && holds(target, file)))
      .map((target) => `${name} imports nothing of ${target}.`),
  );
  const ofPackages = Object.entries(packages).flatMap(([name, places]) =>
    places
      .filter(
        (place) =>
          !graph.imports.some(
            (each) => each.package && rowOf(each.package, packages) === name && holds(place, each.from),
          ),
      )
      .map((place) => `${place} does not import ${name}.`),
  );
  const ofFolders = Object.entries(onDemand).flatMap(([folder, files]) =>
    files
      .filter((from) => !graph.imports.some((one) => one.from === from && one.file !== null && holds(folder, one.file)))
      .map((from) => `${from} does not load ${folder}.`),
  );
  return [...ofAreas, ...ofPackages, ...ofFolders];
}

function brokenRule(each: Import, boundaries: Boundaries): string | null {
  const { from, specifier, file, package: name, typeOnly } = each;
  const { areas, packages } = boundaries;
  const place = placeOf(from, boundaries);
  if (!place) return 'the file belongs to no area of the table.';
  if (name !== null) {
    if (name.startsWith('#')) return `the imports of package.json have no ${name}.`;
    if (place.area.anyPackage) return null;
    const places = packages[rowOf(name, packages)] ?? [];
    if (places.some((where) => holds(where, from) && areaOf(where, areas) === place.name)) return null;
    return places.length ? `only ${places.join(', ')} may.` : 'no file may: the package has no line in the table.';
  }
  const top = (path: string) => path.split('/')[0];
  if (file === null) return null;
  if (specifier.startsWith('.') && top(from) !== top(file)) return 'across top folders import by #folder/....';
  const other = placeOf(file, boundaries);
  if (other?.name === place.name) {
    const loading = onDemandRule(each, boundaries);
    if (loading) return loading;
    const below = place.unit === other.unit || other.layer < place.layer;
    return below ? null : `${place.unit} lies ${place.layer === other.layer ? 'beside' : 'below'} ${other.unit}.`;
  }
  const { imports = [], types = [] } = place.area;
  if (imports.some((where) => holds(where, file))) return null;
  if (types.some((where) => holds(where, file))) return typeOnly ? null : `${place.name} may import only its types.`;
  const all = [...imports, ...types.map((where) => `types of ${where}`)];
  return `${place.name} may import ${all.join(', ') || 'nothing else'}.`;
}

function onDemandRule({ from, file, typeOnly, onDemand }: Import, boundaries: Boundaries): string | null {
  if (typeOnly || file === null) return null;
  const found = Object.entries(boundaries.onDemand).find(([folder]) => holds(folder, file) && !holds(folder, from));
  if (!found || (onDemand && found[1].includes(from))) return null;
  return `${found[0]} is loaded by import() in ${found[1].join(', ')} alone.`;
}

interface Place {
  readonly name: string;
  readonly area: Area;
  /** The part of the area that has a layer of its own; the whole area where it has no layers. */
  readonly unit: string;
  /** -1: it has none, though the area has layers. */
  readonly layer: number;
}

function placeOf(file: string, { areas }: Boundaries): Place | null {
  const name = areaOf(file, areas);
  const area = areas[name];
  if (!area) return null;
  if (!area.layers) return { name, area, unit: name, layer: 0 };
  const parts = file.slice(name.length + 1).split('/');
  const names = parts.map((_, i) => parts.slice(0, parts.length - i).join('/'));
  if (parts.length === 1) names.push('.');
  for (const unit of names) {
    const layer = area.layers.findIndex((units) => units.includes(unit));
    if (layer >= 0) return { name, area, unit: unit === '.' ? name : `${name}/${unit}`, layer };
  }
  return { name, area, unit: `${name}/${parts[0]}`, layer: -1 };
}

function areaOf(file: string, areas: Boundaries['areas']): string {
  return Object.keys(areas).reduce((best, name) => (holds(name, file) && name.length > best.length ? name : best), '');
}

function rowOf(name: string, packages: Boundaries['packages']): string {
  return !(name in packages) && name.startsWith('node:') ? 'node:*' : name;
}

/** `place` is the file, or a folder that holds it. */
function holds(place: string, file: string): boolean {
  return file === place || file.startsWith(`${place}/`);
}
