// What Next declares for the pages; its own file also changes the types of Node, which the other tests use.
declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}
declare module '*.min.css';
