// What the notices at work tell the page, and what the page around them can do.
import type { Place } from '#pipeline-core/core/report.ts';
import type { Notice, NoticeCode } from '#session-core/client/notices.ts';

/** What this browser has kept. */
export interface KnownNotices {
  readonly list: readonly Notice[];
  readonly readAt: number;
  readonly unread: number;
}
/** What the page around it can do. */
export interface NoticeSurface {
  /** Opens a line of code. */
  readonly onPlace?: (place: Place) => void;
  /** Notices that the page shows by itself: they are in the list and do not pop up. */
  readonly shows?: readonly NoticeCode[];
}
