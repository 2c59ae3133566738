// Where a request comes from: Host and Origin checks, and the peer's address.
// Invariant: every request's Host is one of our own names; a foreign or `null` Origin is refused on every route and upgrade.
import type { IncomingMessage } from 'node:http';
import type { Config } from '../platform/config.ts';

export type Verdict =
  /** `origin`: the request names one of our origins. Without one it is no browser's cross-site request, nor our page's. */
  { readonly ok: true; readonly origin: boolean } | { readonly ok: false; readonly what: 'host' | 'origin' };

const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

export class OriginCheck {
  readonly #config: Pick<Config, 'publicUrl' | 'trustProxy' | 'lanAddress' | 'host'>;
  #origins: ReadonlySet<string> = new Set();
  #hosts: ReadonlySet<string> = new Set();
  #publicUrl = '';

  constructor(config: Pick<Config, 'publicUrl' | 'trustProxy' | 'lanAddress' | 'host'>) {
    this.#config = config;
  }

  /** Called once the port is known: before that nothing is let in. */
  listensAt(port: number): void {
    const at = (host: string) => new URL(`http://${host}:${port}`).origin;
    const { publicUrl, lanAddress, host } = this.#config;
    const bound = /^(127\.|0\.0\.0\.0$|::1?$|localhost$)/.test(host)
      ? null
      : at(host.includes(':') ? `[${host}]` : host);
    this.#publicUrl = publicUrl ?? (lanAddress === null ? (bound ?? at('localhost')) : at(lanAddress));
    const all = [this.#publicUrl, at('localhost'), at('127.0.0.1'), at('[::1]')];
    // An address of this machine's own that was asked for by name is one of ours, behind a PUBLIC_URL too.
    for (const one of [bound, lanAddress === null ? null : at(lanAddress)]) if (one) all.push(one);
    this.#origins = new Set(all);
    this.#hosts = new Set(all.map((origin) => new URL(origin).host));
  }

  /** The address people are given. */
  get publicUrl(): string {
    return this.#publicUrl;
  }

  /** Cookies travel on https alone, where people come by https. */
  get secure(): boolean {
    return this.#publicUrl.startsWith('https:');
  }

  check(request: IncomingMessage): Verdict {
    const host = request.headers.host?.toLowerCase() ?? '';
    if (!this.#hosts.has(host)) return { ok: false, what: 'host' };
    const { origin } = request.headers;
    if (origin === undefined) return { ok: true, origin: false };
    return this.#origins.has(origin.toLowerCase()) ? { ok: true, origin: true } : { ok: false, what: 'origin' };
  }

  /** The peer's address, or with TRUST_PROXY the one the outermost trusted proxy saw. */
  addressOf(request: IncomingMessage): string {
    const peer = request.socket.remoteAddress ?? '';
    if (this.#config.trustProxy === 0) return peer;
    const chain = String(request.headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
    // Each proxy appends the peer it saw: the last ones are ours, whatever stands before them anyone may have written.
    return chain[chain.length - this.#config.trustProxy] ?? chain[0] ?? peer;
  }

  /** Somebody at this machine itself, not somebody a proxy on it speaks for. */
  isLocal(request: IncomingMessage): boolean {
    const peer = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    return (
      (peer === '::1' || peer.startsWith('127.')) && FORWARDED.every((name) => request.headers[name] === undefined)
    );
  }
}
