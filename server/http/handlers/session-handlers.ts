// Handlers that create, describe and delete a session, and by which people join it.
// Invariant: a right code always gets in; wrong and closed codes are answered alike; a valid cookie stays the same person.
import type { IncomingMessage } from 'node:http';
import type { Id } from '#session-core/model/types.ts';
import type { peopleRoute } from '#session-core/protocol/http-api/people-routes.ts';
import type { AnswerOf } from '#session-core/protocol/http-api/route.ts';
import type {
  createRoute,
  deleteRoute,
  facilitatorLinkRoute,
  facilitatorRoute,
  joinRoute,
  meRoute,
  sessionRoute,
} from '#session-core/protocol/http-api/session-routes.ts';
import { networkOf } from '../../platform/network.ts';
import { requestIdOf } from '../../platform/request-marks.ts';
import { newDisplayName } from '../../session/default-name.ts';
import type { LiveSession } from '../../session/session-api.ts';
import {
  facilitatorLinkOf,
  hashOf,
  joinCodeOf,
  newToken,
  participantOf,
  tokenOfAttempt,
} from '../../session/tokens.ts';
import type { AppContext, BaseCall, Handler } from '../app-context.ts';
import { isFacilitator } from '../dispatch.ts';
import { clearCookie, type Identity, identify, setCookie, wasRemoved } from '../identity.ts';
import { type Failure, httpError, json, type Reply, refuse, refused } from '../reply.ts';
import { SESSION_HEADER } from '../session-header.ts';
import { reading, uploadedTable } from './table-handlers.ts';

/** Where people go; the facilitator's secret is in the fragment, which browsers send to nobody. */
export const addresses = (base: string, session: string, code: string) => ({
  joinUrl: `${base}/j/${code}`,
  projectorUrl: `${base}/s/${session}/projector`,
  hostUrl: (secret: string) => `${base}/s/${session}/host#${secret}`,
});

export const createSession: Handler<typeof createRoute> = async ({ app, request, body }) => {
  const { table, ...plain } = body;
  const { checkpoint, course, agenda } = plain;
  const { courses } = app.registry;
  const chosen = course === undefined ? courses[0] : courses.find(({ id }) => id === course);
  if (!chosen) return refuse('not_found', { what: 'course', id: course ?? '' });
  if (checkpoint !== undefined && !(table === undefined && chosen.checkpoint(checkpoint)))
    return refuse('not_found', { what: 'checkpoint', id: checkpoint });
  if (agenda !== undefined && !(table === undefined && chosen.agenda(agenda)))
    return refuse('not_found', { what: 'agenda', id: agenda });
  const uploaded = table === undefined ? undefined : await uploadedTable(app, table, body.title);
  if (uploaded === null) return httpError('no_such_table');
  const facilitatorSecret = newToken();
  const joinCode = await app.registry.freeJoinCode();
  const wanted = Object.fromEntries(Object.entries({ ...plain, uploaded }).filter(([, value]) => value !== undefined));
  const made = await reading(() =>
    app.registry.create({ ...wanted, joinCode, facilitatorHash: hashOf(facilitatorSecret) }),
  );
  if ('error' in made) return made;
  const session = made.value;
  app.log.info('session_created', {
    session: session.id,
    course: table === undefined ? chosen.id : 'uploaded',
    request: requestIdOf(request),
  });
  if (table !== undefined) await app.uploads.remove(table.id);
  const { hostUrl, ...open } = addresses(app.origins.publicUrl, session.id, joinCode);
  return json(
    { sessionId: session.id, joinCode, facilitatorSecret, hostUrl: hostUrl(facilitatorSecret), ...open },
    201,
    app.cluster() === null ? {} : { [SESSION_HEADER]: session.id },
  );
};

export const join: Handler<typeof joinRoute> = async (call) => {
  const { app, request, body } = call;
  const found = await openByCode(app, request, body.code);
  return 'error' in found ? found : welcome(call, found, { displayName: body.displayName });
};

/** The open session that a join code names. What was typed may have another case and blanks. */
export async function openByCode(
  app: AppContext,
  request: IncomingMessage,
  typed: string,
): Promise<LiveSession | Failure> {
  const address = app.origins.addressOf(request);
  const code = joinCodeOf(typed);
  const turn = await app.joins.turn(address, code);
  if (!turn.ok) return refuse('rate_limited', { seconds: turn.seconds, scope: 'network' });
  // A code that cannot be one is looked up all the same: no answer comes sooner than another.
  const session = await app.registry.byJoinCode(code ?? '------');
  if (code !== null && session?.state().status === 'open') {
    app.joins.succeeded(address, code);
    return session;
  }
  app.joins.failed(address);
  return turn.failuresLeft
    ? httpError('no_such_code')
    : refuse('rate_limited', { seconds: turn.seconds, scope: 'network' });
}

export const becomeFacilitator: Handler<typeof facilitatorRoute> = async (call) => {
  const { app, request, session, who, body } = call;
  const link = facilitatorLinkOf(session.state(), body.secret);
  const token = body.attempt === undefined ? newToken() : tokenOfAttempt(body.secret, body.attempt);
  if (link === null) {
    // The link was used up by this very attempt, whose answer was lost; or by somebody who is in anyway.
    const again = participantOf(session, token);
    if (again !== null) return joined(call, session, { participant: again, token });
    if (who && isFacilitator(session, who.participant)) return joined(call, session, who);
    app.log.warn('wrong_facilitator_secret', {
      session: session.id,
      ...(who ? { participant: who.participant } : {}),
      request: requestIdOf(request),
    });
    return refuse('wrong_secret');
  }
  if (who) {
    const ack = await session.promote(who.participant, link);
    if (!ack.ok) return refused(ack.rejection);
  }
  return welcome(call, session, { displayName: body.displayName, link, token });
};

export const makeFacilitatorLink: Handler<typeof facilitatorLinkRoute> = async ({ app, session, who, body }) => {
  const secret = newToken();
  const ack = await session.addFacilitatorLink({
    hash: hashOf(secret),
    madeBy: 'facilitator',
    by: who.participant,
    ...(body.reusable ? { reusable: true } : {}),
  });
  if (!ack.ok) return refused(ack.rejection);
  const { hostUrl } = addresses(app.origins.publicUrl, session.id, session.state().joinCode);
  return json({ link: ack.about ?? '', secret, hostUrl: hostUrl(secret) }, 201);
};

/** The same person again, or a new one with a token and the cookie that holds it. */
async function welcome(
  call: BaseCall,
  session: LiveSession,
  wish: {
    readonly displayName: string | undefined /** Of a facilitator. */;
    readonly link?: Id;
    readonly token?: string;
  },
): Promise<Reply<AnswerOf<typeof joinRoute>>> {
  const { app, request, cookieCounts } = call;
  const facilitator = wish.link !== undefined;
  const known = identify(request, session, cookieCounts);
  if (known) return joined(call, session, known, wish.link);
  if (wasRemoved(request, session, cookieCounts)) return refuse('removed');
  const network = networkOf(app.origins.addressOf(request));
  const joins = app.config.joinsPerAddress;
  const seconds = facilitator ? 0 : app.limits.take(`joins ${network}`, { burst: joins, perSecond: joins / 60 });
  if (seconds > 0) return refuse('rate_limited', { seconds, scope: 'network' });
  const { token = newToken() } = wish;
  const taken = () => Object.values(session.state().participants).map(({ displayName }) => displayName);
  for (let tries = 0; ; tries++) {
    // Only a name the person chose is refused; one of ours is tried again.
    const ours = wish.displayName === undefined;
    const wanted = facilitator && tries === 0 ? 'Facilitator' : newDisplayName(taken());
    const displayName = wish.displayName ?? wanted;
    const result = await session.join({
      displayName,
      substitute: newDisplayName(taken()),
      tokenHash: hashOf(token),
      facilitator,
      network,
      ...(wish.link === undefined ? {} : { link: wish.link }),
    });
    if (result.ok) {
      const people = Object.keys(session.state().participants).length;
      const about = { session: session.id, participant: result.participant, request: requestIdOf(request) };
      app.log.info('joined', { ...about, facilitator, people });
      return joined(call, session, { participant: result.participant, token }, wish.link);
    }
    if (!ours || tries >= 20 || !result.rejection.code.startsWith('display_name_')) return refused(result.rejection);
  }
}

function joined(
  { app, request }: BaseCall,
  session: LiveSession,
  { participant, token }: Identity,
  link?: Id,
): Reply<AnswerOf<typeof joinRoute>> {
  const about = { session: session.id, participant, request: requestIdOf(request) };
  if (link !== undefined) app.log.info('facilitator_login', { ...about, link });
  const displayName = session.state().participants[participant]?.displayName ?? '';
  return json({ sessionId: session.id, participantId: participant, displayName, token }, 200, {
    'Set-Cookie': setCookie(session.id, token, app.origins),
  });
}

export const describe: Handler<typeof sessionRoute> = ({ session }) => {
  const view = session.view();
  return json({
    sessionId: session.id,
    title: view.title,
    status: view.status,
    participants: view.people.all,
    online: view.online,
    suggestions: Object.keys(view.suggestions).length,
    runs: Object.keys(view.runs).length,
    revision: view.revision,
    createdAt: session.state().createdAt,
  });
};

export const me: Handler<typeof meRoute> = ({ session, who }) => {
  const person = session.state().participants[who.participant];
  return json({
    sessionId: session.id,
    participantId: who.participant,
    displayName: person?.displayName ?? '',
    facilitator: person?.facilitator ?? false,
  });
};

const PEOPLE = 200;

export const people: Handler<typeof peopleRoute> = ({ session, query }) => {
  const { search = '', online, from = '0', most = String(PEOPLE) } = query;
  const wanted = search.trim().toLowerCase();
  const found = Object.entries(session.people())
    .filter(([, person]) => online === undefined || person.online === (online === 'true'))
    .filter(([, person]) => person.displayName.toLowerCase().includes(wanted))
    .reverse();
  const page = found.slice(Number(from), Number(from) + Number(most));
  return json({ people: page.map(([id, person]) => ({ id, ...person })), total: found.length });
};

export const remove: Handler<typeof deleteRoute> = async ({ app, request, session, who }) => {
  await app.registry.remove(session.id);
  const about = { session: session.id, participant: who.participant, request: requestIdOf(request) };
  app.log.warn('session_deleted', { ...about, cause: 'facilitator' });
  return { status: 204, headers: { 'Set-Cookie': clearCookie(session.id, app.origins) } };
};
