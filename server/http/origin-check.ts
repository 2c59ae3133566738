// Where a request comes from: Host and Origin checks, and the peer's address.
// Invariant: every request's Host is one of our own names; a foreign or `null` Origin is refused on every route and upgrade.
import type { IncomingMessage } from 'node:http';
import { basePathOf } from '../platform/base-path.ts';
import type { Config } from '../platform/config.ts';
import { type OwnAddress, ownAddresses, ownHosts } from '../platform/own-addresses.ts';
import { peerAddressOf } from '../platform/peer-address.ts';

export type Verdict =
  /** `origin`: the request names one of our origins. Without one it is no browser's cross-site request, nor our page's. */
  { readonly ok: true; readonly origin: boolean } | { readonly ok: false; readonly what: 'host' | 'origin' };

type Settings = Pick<Config, 'publicUrl' | 'trustProxy' | 'lan' | 'host'>;

/** What this machine is called and reached at; tests replace it. */
export interface OwnNames {
  readonly addresses: (route: string | null) => readonly OwnAddress[];
  readonly hosts: () => ReadonlySet<string>;
}

/** What proxies, balancers, tunnels and content networks say of themselves, of the visitor, or of the request on its way. */
const FORWARDED =
  /^(forwarded|via|cdn-loop|front-end-https|traceparent|b3|x-b3-.+|(.+-)?(real|client|remote|user|clientip|connecting)-?(ip|addr)|(.+-)?clientip|x-(forwarded|original|envoy|arr|azure|amzn|akamai|cloud|nginx|proxy|vercel|ngrok|appengine|request-(id|start)|correlation-id|scheme|url-scheme)(-.*)?|(cf|fly|fastly|tailscale)-.+)$/;
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;
/** Interfaces come and go; what is asked for by a new address is looked up again at most so often. */
const LOOK_AGAIN_MS = 2_000;

export class OriginCheck {
  readonly #config: Settings;
  readonly #names: OwnNames;
  /** '' or such as `/crowd`: what PUBLIC_URL has behind its host. */
  readonly basePath: string;
  #origins: ReadonlySet<string> = new Set();
  #loopback: ReadonlySet<string> = new Set();
  #publicUrl = '';
  #port = 0;
  #route: string | null = null;
  #own: ReadonlySet<string> = new Set();
  #lookedAt = 0;

  constructor(config: Settings, names: OwnNames = { addresses: ownAddresses, hosts: ownHosts }) {
    this.#config = config;
    this.#names = names;
    this.basePath = basePathOf(config.publicUrl);
  }

  /** Called once the port is known: before that nothing is let in. @param route the default route's own address */
  listensAt(port: number, route: string | null): void {
    this.#port = port;
    this.#route = route;
    const at = (host: string) => originOf(`http://${host}:${port}`) ?? '';
    const { publicUrl, host } = this.#config;
    const bound = /^(127\.|0\.0\.0\.0$|::1?$|localhost$)/.test(host)
      ? null
      : at(host.includes(':') ? `[${host}]` : host);
    const lan = this.#config.lan ? this.#names.addresses(route)[0] : undefined;
    this.#publicUrl = publicUrl ?? (lan ? at(lan.address) : (bound ?? at('localhost')));
    this.#loopback = new Set(['localhost', '127.0.0.1', '[::1]'].map(at));
    // An address of this machine's own that was asked for by name is one of ours, behind a PUBLIC_URL too.
    this.#origins = new Set([new URL(this.#publicUrl).origin, ...this.#loopback, ...(bound === null ? [] : [bound])]);
  }

  /** The address people are given. */
  get publicUrl(): string {
    return this.#publicUrl;
  }

  /** As a browser asks for it. @param path within the app */
  pathOf(path: string): string {
    return this.basePath + path;
  }

  /** Other apps of the same host get none of our cookies. */
  get cookiePath(): string {
    return this.basePath || '/';
  }

  /** Addresses that others may reach this machine at, best first; only PUBLIC_URL where it is set. */
  get addresses(): readonly { readonly origin: string; readonly name: string; readonly virtual: boolean }[] {
    if (!this.#answersEverywhere) return [];
    return this.#names.addresses(this.#route).map(({ address, name, virtual }) => ({
      origin: originOf(`http://${address}:${this.#port}`) ?? '',
      name,
      virtual,
    }));
  }

  /** Cookies travel on https alone, where people come by https. */
  get secure(): boolean {
    return this.#publicUrl.startsWith('https:');
  }

  check(request: IncomingMessage): Verdict {
    // Which scheme the browser used only the proxy knows: it may write or leave out the port that is one scheme's default,
    // that at which it is asked by another proxy in front of it included.
    const host = (request.headers.host ?? '').replace(/:(80|443)$/, '');
    if (!this.#isOurs(originOf(`http://${host}`)) && !this.#isOurs(originOf(`https://${host}`)))
      return { ok: false, what: 'host' };
    const { origin } = request.headers;
    if (origin === undefined) return { ok: true, origin: false };
    return this.#isOurs(originOf(origin)) ? { ok: true, origin: true } : { ok: false, what: 'origin' };
  }

  /** The peer's address, or with TRUST_PROXY the one the outermost trusted proxy saw. */
  addressOf(request: IncomingMessage): string {
    const peer = peerAddressOf(request);
    if (this.#config.trustProxy === 0) return peer;
    const chain = String(request.headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
    // Each proxy appends the peer it saw: the last ones are ours, anyone may have written whatever comes before them.
    return chain[chain.length - this.#config.trustProxy] ?? chain[0] ?? peer;
  }

  /**
   * A page of ours in a browser on this machine. Behind a PUBLIC_URL every visitor may come from a proxy on this machine
   * that says nothing of itself, so nobody counts as local. Without one Host and Origin are whatever a stranger behind such
   * a proxy wrote; but a browser asks to keep its connection, which is for the next machine alone: no proxy passes it on.
   */
  isLocalPage(request: IncomingMessage): boolean {
    const { publicUrl } = this.#config;
    if (publicUrl !== null && !LOOPBACK.test(new URL(publicUrl).hostname)) return false;
    if (!this.isThisMachine(request)) return false;
    const { host, origin, connection = '' } = request.headers;
    if (!/\bkeep-alive\b/i.test(connection)) return false;
    return [`http://${host}`, origin].every((one) => one !== undefined && this.#loopback.has(originOf(one) ?? ''));
  }

  /** A program on this machine that asks without a proxy; one that says nothing of itself must keep others away. */
  isThisMachine(request: IncomingMessage): boolean {
    const peer = peerAddressOf(request).replace(/^::ffff:/, '');
    return (
      (peer === '::1' || peer.startsWith('127.')) &&
      !Object.keys(request.headers).some((name) => FORWARDED.test(name.replaceAll('_', '-')))
    );
  }

  /** Somebody chose to be reached by others, and did not name one address. */
  get #answersEverywhere(): boolean {
    const { lan, host, publicUrl } = this.#config;
    return lan || (publicUrl === null && /^(0\.0\.0\.0|::)$/.test(host));
  }

  #isOurs(origin: string | null): boolean {
    if (origin === null) return false;
    if (this.#origins.has(origin)) return true;
    if (!this.#answersEverywhere) return false;
    const { hostname, protocol, port } = new URL(origin);
    if (protocol !== 'http:' || Number(port || 80) !== this.#port) return false;
    if (!this.#own.has(hostname) && Date.now() - this.#lookedAt > LOOK_AGAIN_MS) {
      this.#lookedAt = Date.now();
      this.#own = this.#names.hosts();
    }
    return this.#own.has(hostname);
  }
}

/** Addresses whose origin is kept: a server is called by a few, and reading one takes longer than most of a request's checks. */
const MOST_KNOWN = 200;
const MOST_LENGTH = 300;
const known = new Map<string, string | null>();

function originOf(address: string): string | null {
  const found = known.get(address);
  if (found !== undefined) return found;
  const origin = readOrigin(address);
  // Anybody may name addresses that are none: they must not fill the memory.
  if (address.length > MOST_LENGTH) return origin;
  if (known.size === MOST_KNOWN) known.delete(known.keys().next().value!);
  known.set(address, origin);
  return origin;
}

/** As a browser writes it: in small letters, without the scheme's default port; a root dot at the end is no other name. */
function readOrigin(address: string): string | null {
  if (!/^https?:\/\/[\w.\-[\]:%]+$/i.test(address)) return null;
  const url = URL.parse(address.replace(/\.(?=:\d+$|$)/, ''));
  return url === null || url.hostname === '' ? null : url.origin;
}
