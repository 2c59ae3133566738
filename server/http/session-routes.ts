// The doors through which sessions are made, joined, led and deleted.
// Invariant: a right code always gets in; wrong and closed codes are answered alike; a valid cookie stays the same person.
import * as v from 'valibot';
import { LIMITS } from '#session-core/model/limits.ts';
import { newDisplayName } from '../session/default-name.ts';
import type { LiveSession, Registry } from '../session/session-api.ts';
import { hashOf, isFacilitatorSecret, joinCodeOf, newJoinCode, newToken, sameSecret } from '../session/tokens.ts';
import { type Call, type Door, forFacilitators, forJoined, inSession } from './app-context.ts';
import { readBody } from './body.ts';
import { bearerOf, clearCookie, identify, setCookie } from './identity.ts';
import { json, type Reply, refuse, refused, turnAway } from './reply.ts';

const createSchema = v.strictObject({
  title: v.optional(v.pipe(v.string(), v.maxLength(LIMITS.title))),
  approveFirst: v.optional(v.boolean()),
  holdout: v.optional(v.picklist(['hidden', 'shown', 'off'])),
  checkpoint: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/))),
});
const displayNameEntry = v.optional(v.pipe(v.string(), v.maxLength(LIMITS.displayName * 4)));
const joinSchema = v.strictObject({ code: v.pipe(v.string(), v.maxLength(200)), displayName: displayNameEntry });
const facilitatorSchema = v.strictObject({
  secret: v.pipe(v.string(), v.maxLength(200)),
  displayName: displayNameEntry,
});

/** Where people go; the facilitator's secret stands in the fragment, which browsers send to nobody. */
export const addresses = (base: string, session: string, code: string) => ({
  joinUrl: `${base}/j/${code}`,
  projectorUrl: `${base}/s/${session}/projector`,
  hostUrl: (secret: string) => `${base}/s/${session}/host#${secret}`,
});

export async function freeJoinCode(registry: Registry): Promise<string> {
  for (;;) {
    const code = newJoinCode();
    if (!(await registry.byJoinCode(code))) return code;
  }
}

export const createSession: Door = async ({ house, request }) => {
  const { createToken } = house.config;
  const shown = bearerOf(request);
  const byToken = createToken !== null && shown !== null && sameSecret(createToken, shown);
  if (!byToken && !house.gate.isLocal(request)) return turnAway('not_local');
  const body = await readBody(request, createSchema);
  if (!body.ok) return body.reply;
  const { checkpoint } = body.value;
  if (checkpoint !== undefined && !house.checkpoints().some(({ name }) => name === checkpoint))
    return refuse('not_found', { what: 'checkpoint', id: checkpoint });
  const facilitatorSecret = newToken();
  const joinCode = await freeJoinCode(house.registry);
  const wanted = Object.fromEntries(Object.entries(body.value).filter(([, value]) => value !== undefined));
  const session = await house.registry.create({ ...wanted, joinCode, facilitatorHash: hashOf(facilitatorSecret) });
  const { hostUrl, ...open } = addresses(house.gate.publicUrl, session.id, joinCode);
  return json(
    { sessionId: session.id, joinCode, facilitatorSecret, hostUrl: hostUrl(facilitatorSecret), ...open },
    201,
  );
};

export const join: Door = async (call) => {
  const { house, request } = call;
  const body = await readBody(request, joinSchema);
  if (!body.ok) return body.reply;
  const address = house.gate.addressOf(request);
  const turn = await house.joins.turn(address);
  if (!turn.ok) return refuse('rate_limited', { seconds: turn.seconds });
  const code = joinCodeOf(body.value.code);
  // A code that cannot be one is looked up all the same: no answer comes sooner than another.
  const session = await house.registry.byJoinCode(code ?? '------');
  if (code === null || !session || session.state().status !== 'open') {
    house.joins.failed(address);
    return turn.failuresLeft ? turnAway('no_such_code') : refuse('rate_limited', { seconds: turn.seconds });
  }
  return welcome(call, session, { displayName: body.value.displayName, facilitator: false });
};

export const becomeFacilitator: Door = inSession(async (call) => {
  const { request, session, who } = call;
  const body = await readBody(request, facilitatorSchema);
  if (!body.ok) return body.reply;
  if (!isFacilitatorSecret(session.state(), body.value.secret)) return turnAway('wrong_secret');
  if (who) {
    const ack = await session.promote(who.participant);
    if (!ack.ok) return refused(ack.rejection);
  }
  return welcome(call, session, { displayName: body.value.displayName, facilitator: true });
});

/** The same person again, or a new one with a token and the cookie that holds it. */
async function welcome(
  { house, request, cookieCounts }: Call,
  session: LiveSession,
  wish: { readonly displayName: string | undefined; readonly facilitator: boolean },
): Promise<Reply> {
  const known = identify(request, session, cookieCounts);
  if (known) return joined(known.participant, known.token);
  const token = newToken();
  const taken = () => Object.values(session.state().participants).map(({ displayName }) => displayName);
  for (let tries = 0; ; tries++) {
    // Only a name the person chose is refused; one of ours is tried again.
    const ours = wish.displayName === undefined;
    const wanted = wish.facilitator && tries === 0 ? 'Facilitator' : newDisplayName(taken());
    const displayName = wish.displayName ?? wanted;
    const result = await session.join({ displayName, tokenHash: hashOf(token), facilitator: wish.facilitator });
    if (result.ok) return joined(result.participant, token);
    if (!ours || tries >= 20 || !result.rejection.code.startsWith('display_name_')) return refused(result.rejection);
  }

  function joined(participantId: string, shown: string): Reply {
    const displayName = session.state().participants[participantId]?.displayName;
    return json({ sessionId: session.id, participantId, displayName, token: shown }, 200, {
      'Set-Cookie': setCookie(session.id, shown, house.gate),
    });
  }
}

export const describe: Door = inSession(({ session }) => {
  const view = session.view();
  return json({
    sessionId: session.id,
    title: view.title,
    status: view.status,
    participants: Object.keys(view.participants).length,
    online: view.online,
    suggestions: Object.keys(view.suggestions).length,
    runs: Object.keys(view.runs).length,
    revision: view.revision,
    createdAt: session.state().createdAt,
  });
});

export const me: Door = forJoined(({ session, who }) => {
  const person = session.state().participants[who.participant];
  return json({
    sessionId: session.id,
    participantId: who.participant,
    displayName: person?.displayName,
    facilitator: person?.facilitator,
  });
});

export const remove: Door = forFacilitators(async ({ house, session }) => {
  await house.registry.remove(session.id);
  return { status: 204, headers: { 'Set-Cookie': clearCookie(session.id, house.gate) } };
});

export const suggestDisplayName: Door = () => json({ displayName: newDisplayName() });
