// Brings to a browser what loads by itself after a first view says in English.

import { soon } from './en/soon.ts';
import { speakOn } from './in-browser.ts';

speakOn(soon);
