// What a node that the database does not answer asks the others: whether it answers them.
import http from 'node:http';

const ANSWER_MS = 1_000;

/** True where another node's heartbeat is fresh, so that the database is not away for everybody. */
export async function isHeardElsewhere(urls: readonly string[], freshMs: number): Promise<boolean> {
  const ages = await Promise.all(urls.map(heartbeatAge));
  return ages.some((age) => age < freshMs);
}

/** In milliseconds; infinite where the node does not answer. */
function heartbeatAge(url: string): Promise<number> {
  return new Promise((done) => {
    const unknown = () => done(Number.POSITIVE_INFINITY);
    const asked = http.get(`${url}/healthz`, { agent: false, timeout: ANSWER_MS }, async (answer) => {
      try {
        let text = '';
        for await (const part of answer.setEncoding('utf8')) text += part;
        const { cluster } = JSON.parse(text) as { cluster?: { heartbeatMs?: number } };
        done(cluster?.heartbeatMs ?? Number.POSITIVE_INFINITY);
      } catch {
        unknown(); // it broke off, or is something else: nothing is known of it
      }
    });
    asked.once('timeout', () => asked.destroy());
    asked.once('error', unknown);
  });
}
