// The address by which people join: the one the facilitator chose, else the server's own where this page was opened by a
// name that only this machine understands, else the one that this page was opened by.
import { useEffect, useState } from 'react';
import { useApi } from '#app/_session/use-api.ts';
import { useOfView } from '#app/_session/use-session.tsx';
import { basePath } from '#app/_ui/base-path.ts';
import { addressesRoute } from '#session-core/protocol/http-api/server-routes.ts';

const ONLY_HERE = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

export interface JoinAddress {
  /** '' on the server and at first. */
  readonly origin: string;
  /** The origin with the path that the app is served under, where it has one. */
  readonly address: string;
  /** What a facilitator can choose among; a choice of an earlier start that is gone is not taken. */
  readonly choices: readonly { readonly origin: string; readonly name: string; readonly virtual: boolean }[];
}

export function joinOrigin(page: string, chosen: string | null, server: ServerAddresses | null): string {
  if (page === '' || server === null) return page;
  if (chosen !== null && server.addresses.some(({ origin }) => origin === chosen)) return chosen;
  return ONLY_HERE.test(new URL(page).hostname) ? new URL(server.publicUrl).origin : page;
}

interface ServerAddresses {
  readonly publicUrl: string;
  readonly addresses: JoinAddress['choices'];
}

export function useJoinAddress(): JoinAddress {
  const [page, setPage] = useState('');
  useEffect(() => setPage(location.origin), []);
  const chosen = useOfView((view) => view.settings.joinOrigin);
  const { value } = useApi(addressesRoute, {});
  const server = value && 'publicUrl' in value ? value : null;
  const origin = joinOrigin(page, chosen, server);
  return { origin, address: origin === '' ? '' : origin + basePath(), choices: server?.addresses ?? [] };
}
