// Close codes: reasons that fit into a frame, and which of them end it.
import { describe, expect, it } from 'vitest';
import { CLOSE, isFinalClose, readClosed } from '#session-core/protocol/close-codes.ts';
import { CLOSE_CODES, closeReason } from '#session-core/protocol/messages-for-programs.ts';

describe('close codes', () => {
  it('are distinct, and allowed to a server', () => {
    const codes = CLOSE_CODES.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect([1003, 1012].includes(code) || (code >= 4000 && code < 5000)).toBe(true);
  });

  it.each(CLOSE_CODES)('$code has a reason that fits into a close frame', ({ reason }) => {
    expect(reason).toMatch(/^[A-Z].*\.$/);
    expect(new TextEncoder().encode(reason).length).toBeLessThanOrEqual(123);
  });

  it('of 4400 to 4499 are final; a page comes back after a restart', () => {
    expect([CLOSE.forbidden, CLOSE.notFound, CLOSE.ended, CLOSE.tooManyTabs].every(isFinalClose)).toBe(true);
    expect([CLOSE.restart, CLOSE.reload, CLOSE.tooManyViewers, 1006].some(isFinalClose)).toBe(false);
  });

  it('of others have no reason of ours', () => {
    expect(closeReason(CLOSE.ended)).toContain('has ended');
    expect(closeReason(1006)).toBe('');
  });
});

it('`closed` is read, and nothing else is taken for it', () => {
  expect(readClosed({ code: 4410, reason: 'over', later: 1 })).toEqual({ code: 4410, reason: 'over' });
  for (const said of [undefined, null, 4410, {}, { code: '4410', reason: 'over' }]) expect(readClosed(said)).toBeNull();
});
