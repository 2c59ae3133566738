'use client';
// How people join: the QR code (always dark on white), the join code in two groups, the address to type.
import { QRCodeSVG } from 'qrcode.react';
import { useEffect, useState } from 'react';
import { useOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import s from './join-qr.module.css';

/** The address people reach this page by; '' on the server and at first. */
export function useOrigin(): string {
  const [origin, setOrigin] = useState('');
  useEffect(() => setOrigin(location.origin), []);
  return origin;
}

export function spacedCode(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}

export function JoinQr({ size }: { readonly size: number | string }) {
  const code = useOfView((view) => view.joinCode);
  const origin = useOrigin();
  return (
    <div className={s['white']} style={{ width: size, height: size }}>
      {origin === '' ? null : (
        <QRCodeSVG
          value={`${origin}/j/${code}`}
          title={t.qr.title}
          bgColor="#ffffff"
          fgColor="#06181b"
          level="M"
          marginSize={4}
          style={{ width: '100%', height: '100%' }}
        />
      )}
    </div>
  );
}
