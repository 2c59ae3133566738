// What every handler of the HTTP API works with, and what one request brings: its parts as the route's contract reads them.
import type { IncomingMessage } from 'node:http';
import type * as v from 'valibot';
import type { DataProfiles, TableJobs } from '#sandbox/index.ts';
import type { AnswerOf, Params, Route } from '#session-core/protocol/http-api/route.ts';
import type { StorageFault } from '#session-core/view/view-types.ts';
import type { KeptReplays } from '../export/kept-replays.ts';
import type { KeptRepositories } from '../export/kept-repositories.ts';
import type { Now } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics, Observer } from '../platform/metrics.ts';
import type { RateLimit } from '../platform/rate-limit.ts';
import type { LiveSession, Registry, SessionReadings } from '../session/session-api.ts';
import type { TableUploads } from '../session/uploads/table-uploads.ts';
import type { Identity } from './identity.ts';
import type { JoinLimit } from './join-throttle.ts';
import type { LastWins } from './latest-only.ts';
import type { OriginCheck } from './origin-check.ts';
import type { Reply } from './reply.ts';

/** Runs of a node that workers on other machines perform. */
export interface FleetFacts {
  /** That have asked this cluster for runs within the last seconds. */
  readonly workers: number;
  /** Runs that they perform at a time. */
  readonly places: number;
  /** Of this node: what waits for a worker. */
  readonly waiting: number;
  /** Of this node: runs that a worker performs. */
  readonly running: number;
  /** Workers that were gone or cut off in the middle of something. */
  readonly lost: number;
}

/** What one node of several says of itself. */
export interface ClusterFacts {
  readonly node: string;
  /** That are alive, this one included. */
  readonly nodes: number;
  /** Sessions that it owns. */
  readonly owned: number;
  /** Requests and streams that it passed on to other nodes. */
  readonly forwarded: number;
  /** Visitors who wait for the owner of their session. */
  readonly held: number;
  /** Sessions that came to it or were lost to another node. */
  readonly ownerChanges: number;
  /** Milliseconds since the last heartbeat that the database took. */
  readonly heartbeatMs: number;
  /** The database has not heard of this node for so long that others serve its sessions. */
  readonly isLost: boolean;
  /** Absent where runs are performed on the machine of each node. */
  readonly fleet?: FleetFacts;
}

export interface AppContext {
  readonly config: Config;
  readonly registry: Registry;
  readonly origins: OriginCheck;
  readonly metrics: Metrics;
  /** By route and status. */
  readonly httpTimes: Observer;
  readonly loopLagMs: () => number;
  /** The sandbox has been probed and takes runs. */
  readonly isSandboxReady: () => boolean;
  readonly joins: JoinLimit;
  readonly limits: RateLimit;
  readonly predictions: LastWins;
  readonly now: Now;
  readonly replays: KeptReplays;
  readonly repositories: KeptRepositories;
  readonly log: Log;
  /** Of this start, shown in its terminal: whoever has it may create sessions. */
  readonly createKey: string;
  readonly sockets: () => number;
  /** The server is about to stop. */
  readonly isDraining: () => boolean;
  /** Of this node among several; null: there is one. */
  readonly cluster: () => ClusterFacts | null;
  /** null: everything can be stored. */
  readonly storageFault: () => StorageFault | null;
  readonly version: string;
  readonly dataProfiles: DataProfiles;
  readonly tables: TableJobs;
  /** Of an uploaded table: whoever knows it may use it. */
  readonly newTableId: () => string;
  readonly uploads: TableUploads;
  /** Folder of the guest libraries as plain Node takes them. */
  readonly outside: () => string;
  /** Path -> text of the declarations that the editor gives the workspace's imports. */
  readonly guestTypes: (paramsYaml?: string) => Readonly<Record<string, string>>;
  /** In tests and development: an answer that does not fit its contract is an error. */
  readonly checkAnswers: boolean;
}

export interface BaseCall {
  readonly app: AppContext;
  readonly request: IncomingMessage;
  /** The request carries one of our origins, or changes nothing: its cookie counts. */
  readonly cookieCounts: boolean;
}

type PartOf<R extends Route, Part extends 'query' | 'body'> = R extends {
  readonly [P in Part]: infer S extends v.GenericSchema;
}
  ? { readonly [P in Part]: v.InferOutput<S> }
  : unknown;
type SessionPart<R extends Route> = R['path'] extends `/api/sessions/:id${string}`
  ? {
      /** Whoever may ask without having joined only reads, and it may be no live one. */
      readonly session: R extends { readonly who: 'anyone'; readonly method: 'GET' } ? SessionReadings : LiveSession;
      readonly who: R['who'] extends 'joined' | 'facilitator' ? Identity : Identity | null;
    }
  : unknown;

/** A request as the handler of route `R` gets it: checked, and by somebody who may. */
export type Call<R extends Route> = BaseCall &
  PartOf<R, 'query'> &
  PartOf<R, 'body'> &
  SessionPart<R> & { readonly params: Params<R> };
export type Handler<R extends Route> = (call: Call<R>) => Reply<AnswerOf<R>> | Promise<Reply<AnswerOf<R>>>;
