'use client';
// How people join: the QR code (always dark on white), the join code in two groups, the address to type.
import { useMemo } from 'react';
import { encode } from 'uqr';
import { useOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { useJoinAddress } from './join-address.ts';
import s from './join-qr.module.css';

export function spacedCode(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}

export function JoinQr({ size }: { readonly size: number | string }) {
  const code = useOfView((view) => view.joinCode);
  const { address } = useJoinAddress();
  return (
    <div className={s['white']} style={{ width: size, height: size }}>
      {address === '' ? null : <QrCode text={`${address}/j/${code}`} />}
    </div>
  );
}

function QrCode({ text }: { readonly text: string }) {
  // One path of unit squares: a thousand rectangles would be a thousand elements.
  const { size, path } = useMemo(() => {
    const { size, data } = encode(text, { ecc: 'M', border: 4 });
    const squares = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')));
    return { size, path: squares.join('') };
  }, [text]);
  return (
    <svg viewBox={`0 0 ${size} ${size}`} width="100%" height="100%" role="img" shapeRendering="crispEdges">
      <title>{t.qr.title}</title>
      <path fill="#ffffff" d={`M0 0h${size}v${size}H0z`} />
      <path fill="#06181b" d={path} />
    </svg>
  );
}
