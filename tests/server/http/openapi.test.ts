// The OpenAPI document: whole, its references lead somewhere, and every route in it is answered by a real server.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorsOf, type Route } from '#session-core/protocol/http-api/route.ts';
import { ROUTES } from '#session-core/protocol/http-api/routes.ts';
import { startTestServer, type TestServer } from '#tests/support/test-server.ts';

// biome-ignore lint/suspicious/noExplicitAny: a document is read here as any program would
type Any = any;
const routes = Object.entries<Route>(ROUTES);

let server: TestServer;
let document: Any;
beforeAll(async () => {
  server = await startTestServer();
  document = (await server.ask('/api/openapi.json')).json;
});
afterAll(() => server.close());

const operationOf = ({ path, method }: Route): Any =>
  document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];

describe('GET /api/openapi.json', () => {
  it('is OpenAPI 3.1 with every route of the contract and no other', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.info).toMatchObject({
      title: expect.any(String),
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
    const operations = Object.values<Any>(document.paths).flatMap((item) => Object.values<Any>(item));
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(routes.map(([name]) => name).sort());
  });

  it.each(routes)('describes %s: parameters, body, answer and errors', (_, route) => {
    const operation = operationOf(route);
    const names = operation.parameters.filter((one: Any) => one.in === 'path').map((one: Any) => one.name);
    expect(names).toEqual([...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name));
    expect(Boolean(operation.requestBody)).toBe(route.body !== undefined || route.upload !== undefined);
    expect(operation.responses[route.answer.status]).toBeDefined();
    const described = JSON.stringify(operation.responses);
    for (const code of errorsOf(route)) expect(described).toContain(`\`${code}\``);
  });

  it('has references that lead somewhere', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(references.length).toBeGreaterThan(0);
    for (const path of references) expect(path.split('/').reduce((at: Any, key) => at?.[key], document)).toBeDefined();
  });
});

describe('every documented route', () => {
  it.each(routes)('%s is answered with a documented status', async (_, route) => {
    const session = await server.create();
    const path = route.path
      .replace(':id', session.sessionId)
      .replace(/:(run|before|after)\b/g, 'r1')
      .replace(':table', 't1')
      .replace(':file', route.choices?.['file']?.[0] ?? '');
    const asking = { method: route.method, ...(route.body ? { body: {} } : {}) };
    const { status, json } = await server.ask(path, asking);
    expect(Object.keys(operationOf(route).responses)).toContain(String(status));
    expect([404, 405, 500].includes(status) && json?.error.what !== 'run').toBe(false);
  });
});
