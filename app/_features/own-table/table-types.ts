// What the server answers of an uploaded table, and what is decided about it.
import type { AnswerOf, RequestOf } from '#session-core/protocol/http-api/route.ts';
import type { createRoute } from '#session-core/protocol/http-api/session-routes.ts';
import type { proposalRoute, uploadTableRoute } from '#session-core/protocol/http-api/table-routes.ts';

export type UploadedTable = AnswerOf<typeof uploadTableRoute>;
export type Proposal = AnswerOf<typeof proposalRoute>;
export type TableAnswers = NonNullable<RequestOf<typeof createRoute>['body']['table']>;
