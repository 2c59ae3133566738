// The tokens that this page holds in memory, by session. See `tab-token`.
const tokens = new Map<string, string>();

export const tabToken = (sessionId: string): string | null => tokens.get(sessionId) ?? null;
export const holdToken = (sessionId: string, token: string): void => void tokens.set(sessionId, token);
