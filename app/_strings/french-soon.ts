// Brings to a browser what loads by itself after a first view says in French.

import { soon } from './fr/soon.ts';
import { speakOn } from './in-browser.ts';

speakOn(soon);
