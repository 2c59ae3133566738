// Git's objects in memory: trees, commits and tags made from data, what can be reached from them, and packs of them.
// Invariant: a name or a message is data; nothing in it can end a header early. The same data gives the same names.
// Formats: git's own documents gitformat-bundle (version 2) and gitformat-pack (version 2).
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';

const deflated = promisify(deflate);

/** SHA-1 in hex, as git names its objects. */
export type ObjectName = string;
/** 'refs/heads/main' and the like -> commit or tag. */
export type Refs = Readonly<Record<string, ObjectName>>;

interface Author {
  readonly name: string;
  readonly email: string;
}
export interface Commit {
  readonly tree: ObjectName;
  readonly parents: readonly ObjectName[];
  readonly author: Author;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly message: string;
}
export interface Tag {
  readonly commit: ObjectName;
  readonly name: string;
  readonly at: number;
  readonly message: string;
}

export interface GitObjects {
  /** Path -> text; paths with forward slashes. */
  tree(files: Readonly<Record<string, string>>): ObjectName;
  commit(commit: Commit): ObjectName;
  /** An annotated tag. */
  tag(tag: Tag): ObjectName;
  has(name: ObjectName): boolean;
  /** All that can be reached from `wanted` and not from `known`. */
  reachable(wanted: Iterable<ObjectName>, known?: Iterable<ObjectName>): ReadonlySet<ObjectName>;
  size(): number;
  /** In parts that all packs share. */
  pack(names: ReadonlySet<ObjectName>): Promise<readonly Buffer[]>;
  /** One file that `git clone` reads; HEAD is `head`. */
  bundle(head: ObjectName, refs: Refs): Promise<Buffer>;
}

const TYPES = { commit: 1, tree: 2, blob: 3, tag: 4 } as const;
type Kind = keyof typeof TYPES;

interface GitObject {
  readonly kind: Kind;
  readonly bytes: Buffer;
  readonly links: readonly ObjectName[];
  /** Compressed once, however often it is sent. */
  packed?: Promise<Buffer>;
}

/** Author of the commits without a person, or whose name has no printable character. */
export const SYSTEM_AUTHOR = { name: 'Crowd Programming', email: 'system@crowd.invalid' } as const;

export function createGitObjects(): GitObjects {
  const objects = new Map<ObjectName, GitObject>();
  const blobs = new Map<string, ObjectName>();

  function add(kind: Kind, bytes: Buffer, links: readonly ObjectName[]): ObjectName {
    const name = createHash('sha1').update(`${kind} ${bytes.length}\0`).update(bytes).digest('hex');
    if (!objects.has(name)) objects.set(name, { kind, bytes, links });
    return name;
  }

  function blob(text: string): ObjectName {
    const known = blobs.get(text);
    if (known !== undefined) return known;
    const name = add('blob', Buffer.from(text), []);
    blobs.set(text, name);
    return name;
  }

  function treeOf(files: ReadonlyMap<string, string>): ObjectName {
    const own: { readonly name: string; readonly mode: string; readonly object: ObjectName }[] = [];
    const folders = new Map<string, Map<string, string>>();
    for (const [path, text] of files) {
      const slash = path.indexOf('/');
      if (slash === -1) own.push({ name: path, mode: '100644', object: blob(text) });
      else {
        const folder = path.slice(0, slash);
        const inside = folders.get(folder) ?? new Map<string, string>();
        inside.set(path.slice(slash + 1), text);
        folders.set(folder, inside);
      }
    }
    for (const [name, inside] of folders) own.push({ name, mode: '40000', object: treeOf(inside) });
    const names = new Set<string>();
    for (const { name } of own) {
      if (name === '' || names.has(name)) throw new Error(`A tree cannot have an entry called "${name}" here`);
      names.add(name);
    }
    // Git sorts bytes, a folder as if its name ended in a slash.
    const key = ({ name, mode }: (typeof own)[number]) => Buffer.from(mode === '40000' ? `${name}/` : name);
    own.sort((a, b) => Buffer.compare(key(a), key(b)));
    const entries = own.flatMap(({ mode, name, object }) => [
      Buffer.from(`${mode} ${name}\0`),
      Buffer.from(object, 'hex'),
    ]);
    return add(
      'tree',
      Buffer.concat(entries),
      own.map(({ object }) => object),
    );
  }

  function commit({ tree: top, parents, author, at, message }: Commit): ObjectName {
    const who = `${signed(author)} ${secondsOf(at)} +0000`;
    const lines = [`tree ${top}`, ...parents.map((parent) => `parent ${parent}`), `author ${who}`, `committer ${who}`];
    return add('commit', Buffer.from(`${lines.join('\n')}\n\n${message.replaceAll('\0', '')}\n`), [top, ...parents]);
  }

  function tag({ commit: object, name, at, message }: Tag): ObjectName {
    const lines = [
      `object ${object}`,
      'type commit',
      `tag ${name}`,
      `tagger ${signed(SYSTEM_AUTHOR)} ${secondsOf(at)} +0000`,
    ];
    return add('tag', Buffer.from(`${lines.join('\n')}\n\n${message.replaceAll('\0', '')}\n`), [object]);
  }

  function reachable(wanted: Iterable<ObjectName>, known: Iterable<ObjectName> = []): ReadonlySet<ObjectName> {
    const closure = (from: Iterable<ObjectName>, without: ReadonlySet<ObjectName>): ReadonlySet<ObjectName> => {
      const found = new Set<ObjectName>();
      const open = [...from];
      for (let name = open.pop(); name !== undefined; name = open.pop()) {
        const object = objects.get(name);
        if (object === undefined || found.has(name) || without.has(name)) continue;
        found.add(name);
        open.push(...object.links);
      }
      return found;
    };
    return closure(wanted, closure(known, new Set()));
  }

  async function pack(names: ReadonlySet<ObjectName>): Promise<readonly Buffer[]> {
    const count = Buffer.alloc(12);
    count.write('PACK');
    count.writeUInt32BE(2, 4);
    count.writeUInt32BE(names.size, 8);
    const parts: Buffer[] = [count];
    for (const name of names) {
      const object = objects.get(name);
      if (object === undefined) throw new Error(`There is no object ${name}`);
      object.packed ??= deflated(object.bytes);
      parts.push(entryHead(object.kind, object.bytes.length), await object.packed);
    }
    const sum = createHash('sha1');
    for (const part of parts) sum.update(part);
    return [...parts, sum.digest()];
  }

  async function bundle(head: ObjectName, refs: Refs): Promise<Buffer> {
    const named = Object.entries(refs).map(([ref, name]) => `${name} ${ref}\n`);
    const header = Buffer.from(`# v2 git bundle\n${named.join('')}${head} HEAD\n\n`);
    return Buffer.concat([header, ...(await pack(reachable([head, ...Object.values(refs)])))]);
  }

  return {
    tree: (files) => treeOf(new Map(Object.entries(files))),
    commit,
    tag,
    has: (name) => objects.has(name),
    size: () => objects.size,
    reachable,
    pack,
    bundle,
  };
}

const secondsOf = (at: number): number => Math.floor(at / 1000);
const signed = ({ name, email }: Author): string => `${printable(name) || SYSTEM_AUTHOR.name} <${printable(email)}>`;

/** Type in three bits, size in four and then seven at a time, the lowest first. */
function entryHead(kind: Kind, size: number): Buffer {
  const bytes: number[] = [];
  let byte = (TYPES[kind] << 4) | (size & 15);
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.push(byte | 128);
    byte = rest & 127;
  }
  return Buffer.from([...bytes, byte]);
}

// Angle brackets and line ends would end the field.
const printable = (text: string): string =>
  text
    .replace(/[<>\p{Cc}]/gu, ' ')
    .replace(/ +/g, ' ')
    .trim();
