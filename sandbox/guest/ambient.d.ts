// danfojs ships its library as ES5 modules behind an exports map; the build aliases this name to them.
declare module 'danfojs/dist/danfojs-base/index.js' {
  // biome-ignore lint/suspicious/noExplicitAny: the package is untyped at this depth
  export const DataFrame: any, Series: any, NDframe: any, Utils: any, Config: any, Str: any, Dt: any;
  // biome-ignore lint/suspicious/noExplicitAny: the package is untyped at this depth
  export const LabelEncoder: any, OneHotEncoder: any, StandardScaler: any, MinMaxScaler: any;
  // biome-ignore lint/suspicious/noExplicitAny: the package is untyped at this depth
  export const getDummies: any, concat: any, merge: any, toDateTime: any, dateRange: any;
}
