// What further tabs, dialogs and pages say, in English: loaded after the first view of a phone, and with every other page.
import { agenda } from './agenda.ts';
import { charts } from './charts.ts';
import { checkDetails } from './check-details.ts';
import { data } from './data.ts';
import { editing } from './editing.ts';
import { experiments } from './experiments.ts';
import { explain } from './explain.ts';
import { files } from './files.ts';
import { host } from './host.ts';
import { machine } from './machine.ts';
import { ownTable } from './own-table.ts';
import { pages } from './pages.ts';
import { patches } from './patches.ts';
import { projector } from './projector.ts';
import { activities, closeReasons, fileNameReason, httpErrors, rejections, stageReason } from './rejections.ts';
import { runDetails } from './run-details.ts';
import { scratch } from './scratch.ts';
import { replay, summary } from './summary.ts';

export const more = {
  skip: 'Skip to the content',
  you: 'you',
  ...pages,
  ownTable,
  ...patches,
  ...checkDetails,
  ...experiments,
  ...explain,
  ...runDetails,
  ...charts,
  ...data,
  ...editing,
  ...files,
  ...host,
  machine,
  ...agenda,
  ...projector,
  ...summary,
  ...replay,
  ...scratch,
  closeReasons,
  fileNameReason,
  httpErrors,
  rejections,
  activities,
  stageReason,
} as const;
