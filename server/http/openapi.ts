// The HTTP API as an OpenAPI 3.1 document, made from the contract alone.
import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { COMMON_ERRORS, errorSchema, statusOf } from '#session-core/protocol/http-api/errors.ts';
import { errorsOf, paramNames, type Route } from '#session-core/protocol/http-api/route.ts';
import { ROUTES } from '#session-core/protocol/http-api/routes.ts';

type Json = Readonly<Record<string, unknown>>;

// A check that JSON Schema cannot express, such as "finite", is left out: the server still makes it.
const schemaOf = (schema: v.GenericSchema): Json => {
  const { $schema: _, ...rest } = toJsonSchema(schema, { errorMode: 'ignore' });
  return rest;
};

let made: { readonly version: string; readonly server: string; readonly document: Json } | null = null;

/** Made once: it takes ten milliseconds. @param server the address that people are given */
export function openApiDocument(version: string, server: string): Json {
  if (made?.version !== version || made.server !== server) made = { version, server, document: write(version, server) };
  return made.document;
}

function write(version: string, server: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [name, route] of Object.entries<Route>(ROUTES)) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Crowd Programming',
      version,
      description:
        'Errors are `{error: {code, message, ...facts}}`. A request with an `Origin` must come from one of the server’s own.',
    },
    servers: [{ url: server }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'The token that joining answers, or CREATE_TOKEN.' },
      },
      schemas: { Error: schemaOf(errorSchema) },
    },
  };
}

function operation(name: string, route: Route): Json {
  const { answer, body, limit } = route;
  return {
    operationId: name,
    summary: route.summary,
    ...(limit
      ? { description: `At most ${limit.burst} at once and ${limit.perSecond} a second per ${limit.per} and session.` }
      : {}),
    ...(route.who === 'anyone' ? {} : { security: [{ token: [] }] }),
    parameters: [...pathParameters(route), ...queryParameters(route)],
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body) } } } } : {}),
    ...(route.upload ? { requestBody: { required: true, content: { 'application/octet-stream': {} } } } : {}),
    responses: {
      [answer.status]: success(route),
      ...(route.etag ? { 304: { description: 'What `If-None-Match` names; no body' } } : {}),
      ...failures(route),
    },
  };
}

const pathParameters = ({ path, choices }: Route): Json[] =>
  paramNames(path).map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', ...(choices?.[name] ? { enum: choices[name] } : {}) },
  }));

function queryParameters({ query }: Route): Json[] {
  if (!query) return [];
  const { properties = {}, required = [] } = toJsonSchema(query);
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

function success({ answer, summary }: Route): Json {
  if ('json' in answer)
    return { description: summary, content: { 'application/json': { schema: schemaOf(answer.json) } } };
  if ('types' in answer)
    return {
      description: summary,
      content: Object.fromEntries(answer.types.map((type) => [type.split(';')[0], { schema: { type: 'string' } }])),
    };
  return { description: 'Done; no body' };
}

/** One response for each status, with the codes that have it. */
function failures(route: Route): Record<string, Json> {
  const byStatus = Map.groupBy([...new Set([...errorsOf(route), ...COMMON_ERRORS])], statusOf);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `\`${code}\``).join(', '),
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    ]),
  );
}
