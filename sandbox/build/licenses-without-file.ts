// Licences of packages whose archive on the registry holds no licence file, as their repositories state them.

interface License {
  readonly license: string;
  readonly text: string;
}

/** Name as `readThirdParty` gives it -> its licence. */
export const LICENSES_WITHOUT_FILE: Readonly<Record<string, License>> = {
  // github.com/javascriptdata/danfojs LICENCE; the second line is in its sources.
  danfojs: mit('Copyright (c) [2020] [danfo.js]\nCopyright 2022 JsData. All rights reserved.'),
  // github.com/theKashey/react-remove-scroll-bar LICENSE.
  'react-remove-scroll-bar': mit('Copyright (c) 2025 Anton Korzunov <thekashey@gmail.com>'),
  // github.com/facebook/react LICENSE.
  'client-only': mit('Copyright (c) Meta Platforms, Inc. and affiliates.'),
  // github.com/vercel/next.js license.md, as `next` itself brings it.
  '@next/env': mit('Copyright (c) 2025 Vercel, Inc.'),
  // The README of each.
  'pg-types': mit('Copyright (c) 2014 Brian M. Carlson'),
  pgpass: mit('Copyright (c) 2013-2016 Hannes Hörl'),
  // The archive of @edge-runtime/cookies 6.0.0 itself.
  'next/dist/compiled/@edge-runtime/cookies': mit('Copyright (c) 2024 Vercel, Inc.'),
};

/** Inside next/dist/build/polyfills/polyfill-nomodule.js, which Next serves to old browsers as it is. */
export const NEXT_POLYFILLS = [
  { name: 'core-js', version: '3.38.1', license: 'MIT', texts: [mit('Copyright (c) 2014-2024 Denis Pushkarev').text] },
  { name: 'whatwg-fetch', version: '', license: 'MIT', texts: [mit('Copyright (c) 2014-2023 GitHub, Inc.').text] },
] as const;

function mit(copyright: string): License {
  return {
    license: 'MIT',
    text: `MIT License

${copyright}

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`,
  };
}
