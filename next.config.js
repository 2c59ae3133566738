/** @type {import('next').NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  images: { unoptimized: true },
  // `npm run check` type-checks every folder with its own libraries; Next would see only one of them.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['isolated-vm', 'danfojs'],
};
