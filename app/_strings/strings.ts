// The strings of the language that the page is in. package.json says which file `#strings` is: a browser loads one language
// and keeps it until the page is loaded again; the server has them all and picks that of the page it renders.
// A browser begins with those of a phone's first view. `soonStrings` brings what parts that load by themselves say, and
// `allStrings` the rest, for OnDemand and for other pages.
// Invariant: nothing reads them while a module is loaded: the language is not known yet (tests/app/languages.test.ts).
export { allStrings, soonStrings, t } from '#strings';
