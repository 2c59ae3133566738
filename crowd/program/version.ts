// Of the program: that of the project when it was bundled.
declare const CROWD_VERSION: string | undefined;

export const VERSION: string = typeof CROWD_VERSION === 'undefined' ? 'from source' : CROWD_VERSION;
