// Every route of the HTTP API, in the order in which they are documented. The client imports the routes it asks from
// their own files.
import { checksRoute } from './check-routes.ts';
import { dataRoute, rowsRoute } from './data-routes.ts';
import { compareRoute, experimentsRoute } from './experiment-routes.ts';
import {
  dependenceRoute,
  explainRoute,
  explanationsRoute,
  learningCurveRoute,
  pushesRoute,
  runErrorsRoute,
  runRowsRoute,
  startLearningCurveRoute,
} from './explain-routes.ts';
import {
  cloneLinkRoute,
  exportRoute,
  repositoryRoute,
  surroundingsRoute,
  zippedRepositoryRoute,
} from './export-routes.ts';
import { expressionRoute, sharedAnswerRoute } from './expression-routes.ts';
import { peopleRoute } from './people-routes.ts';
import { replayRoute } from './replay-routes.ts';
import { environmentRoute, reproduceRoute } from './reproduce-routes.ts';
import {
  addressesRoute,
  commandLineRoute,
  coursesRoute,
  displayNameRoute,
  healthRoute,
  metricsRoute,
  openApiRoute,
  readyRoute,
} from './server-routes.ts';
import {
  createRoute,
  deleteRoute,
  facilitatorLinkRoute,
  facilitatorRoute,
  joinRoute,
  meRoute,
  sessionRoute,
} from './session-routes.ts';
import { proposalRoute, uploadTableRoute } from './table-routes.ts';
import {
  activityRoute,
  courseRoute,
  filesRoute,
  guestTypesRoute,
  holdoutRoute,
  predictRoute,
  runRoute,
  runsRoute,
} from './work-routes.ts';

export const ROUTES = {
  createSession: createRoute,
  join: joinRoute,
  becomeFacilitator: facilitatorRoute,
  makeFacilitatorLink: facilitatorLinkRoute,
  getSession: sessionRoute,
  getMe: meRoute,
  listPeople: peopleRoute,
  getCourse: courseRoute,
  getData: dataRoute,
  listRows: rowsRoute,
  getFiles: filesRoute,
  listRuns: runsRoute,
  getRun: runRoute,
  getRunErrors: runErrorsRoute,
  listExperiments: experimentsRoute,
  compareRuns: compareRoute,
  getChecks: checksRoute,
  evaluate: expressionRoute,
  getSharedAnswer: sharedAnswerRoute,
  getRunRows: runRowsRoute,
  getExplanations: explanationsRoute,
  getDependence: dependenceRoute,
  explainRun: explainRoute,
  getLearningCurve: learningCurveRoute,
  startLearningCurve: startLearningCurveRoute,
  getEnvironment: environmentRoute,
  reproduceRun: reproduceRoute,
  getHoldout: holdoutRoute,
  predict: predictRoute,
  explainPrediction: pushesRoute,
  listActivity: activityRoute,
  getGuestTypes: guestTypesRoute,
  makeCloneLink: cloneLinkRoute,
  getReplay: replayRoute,
  getRepository: repositoryRoute,
  getZippedRepository: zippedRepositoryRoute,
  getSurroundings: surroundingsRoute,
  exportTable: exportRoute,
  deleteSession: deleteRoute,
  uploadTable: uploadTableRoute,
  proposeTask: proposalRoute,
  listCourses: coursesRoute,
  suggestDisplayName: displayNameRoute,
  listAddresses: addressesRoute,
  getOpenApi: openApiRoute,
  getCommandLine: commandLineRoute,
  getHealth: healthRoute,
  getReadiness: readyRoute,
  getMetrics: metricsRoute,
} as const;
export type RouteName = keyof typeof ROUTES;
