// A git repository as one bundle file that `git clone` reads: packed objects, and refs.
// Invariant: a name or a message is data; nothing in it can end a header early.
// Formats: git's own documents gitformat-bundle (version 2) and gitformat-pack (version 2).
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';

const deflated = promisify(deflate);

/** SHA-1 in hex, as git names its objects. */
export type ObjectName = string;

export interface Commit {
  readonly tree: ObjectName;
  readonly parent: ObjectName | null;
  readonly author: { readonly name: string; readonly email: string };
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly message: string;
}

export interface Repository {
  /** Path -> text; paths with forward slashes. */
  tree(files: Readonly<Record<string, string>>): ObjectName;
  commit(commit: Commit): ObjectName;
  /** @param refs 'refs/heads/main' and the like -> commit; HEAD is `head` */
  bundle(head: ObjectName, refs: Readonly<Record<string, ObjectName>>): Promise<Buffer>;
}

const TYPES = { commit: 1, tree: 2, blob: 3 } as const;
type Kind = keyof typeof TYPES;

/** Author of the commits without a person, or whose name has no printable character. */
export const SYSTEM_AUTHOR = { name: 'Crowd Programming', email: 'system@crowd.invalid' } as const;

export function createRepository(): Repository {
  const objects = new Map<ObjectName, { readonly kind: Kind; readonly bytes: Buffer }>();
  const blobs = new Map<string, ObjectName>();

  function add(kind: Kind, bytes: Buffer): ObjectName {
    const name = createHash('sha1').update(`${kind} ${bytes.length}\0`).update(bytes).digest('hex');
    objects.set(name, { kind, bytes });
    return name;
  }

  function blob(text: string): ObjectName {
    const known = blobs.get(text);
    if (known !== undefined) return known;
    const name = add('blob', Buffer.from(text));
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
    const wrong = own.find(({ name }, i) => name === '' || own.some((other, j) => j < i && other.name === name));
    if (wrong !== undefined) throw new Error(`A tree cannot have an entry called "${wrong.name}" here`);
    // Git sorts bytes, a folder as if its name ended in a slash.
    const key = ({ name, mode }: (typeof own)[number]) => Buffer.from(mode === '40000' ? `${name}/` : name);
    own.sort((a, b) => Buffer.compare(key(a), key(b)));
    return add(
      'tree',
      Buffer.concat(
        own.flatMap(({ mode, name, object }) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(object, 'hex')]),
      ),
    );
  }

  function commit({ tree: top, parent, author, at, message }: Commit): ObjectName {
    const who = `${printable(author.name) || SYSTEM_AUTHOR.name} <${printable(author.email)}> ${Math.floor(at / 1000)} +0000`;
    const lines = [
      `tree ${top}`,
      ...(parent === null ? [] : [`parent ${parent}`]),
      `author ${who}`,
      `committer ${who}`,
    ];
    return add('commit', Buffer.from(`${lines.join('\n')}\n\n${message.replaceAll('\0', '')}\n`));
  }

  async function bundle(head: ObjectName, refs: Readonly<Record<string, ObjectName>>): Promise<Buffer> {
    const named = Object.entries(refs).map(([ref, name]) => `${name} ${ref}\n`);
    const header = Buffer.from(`# v2 git bundle\n${named.join('')}${head} HEAD\n\n`);
    const count = Buffer.alloc(12);
    count.write('PACK');
    count.writeUInt32BE(2, 4);
    count.writeUInt32BE(objects.size, 8);
    const packed: Buffer[] = [count];
    for (const { kind, bytes } of objects.values()) packed.push(entryHead(kind, bytes.length), await deflated(bytes));
    const sum = createHash('sha1');
    for (const part of packed) sum.update(part);
    return Buffer.concat([header, ...packed, sum.digest()]);
  }

  return { tree: (files) => treeOf(new Map(Object.entries(files))), commit, bundle };
}

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
