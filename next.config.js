/** @type {import('next').NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  images: { unoptimized: true },
  // `npm run check` type-checks every folder with its own libraries; Next would see only one of them.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['isolated-vm', 'danfojs'],
  // The default joins nearly all styles in one file that every page loads: 22 kB for a phone instead of 16 in eleven files.
  experimental: {
    // Nobody reads them: the pages' own are not published, and those of the server are half of what is written.
    turbopackSourceMaps: false,
    cssChunking: { type: 'graph', requestCost: 8_000, weightDistribution: 0 },
  },
};
