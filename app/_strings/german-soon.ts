// Brings to a browser what loads by itself after a first view says in German.

import { soon } from './de/soon.ts';
import { speakOn } from './in-browser.ts';

speakOn(soon);
