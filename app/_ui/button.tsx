// A button, and a link that looks like one.
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { appPath } from './base-path.ts';
import s from './button.module.css';
import { cx } from './cx.ts';

export type ButtonLook = 'primary' | 'signal' | 'outline' | 'quiet' | 'danger';
interface Look {
  readonly look?: ButtonLook;
  readonly large?: boolean;
  readonly wide?: boolean;
  /** Only an icon inside: give an aria-label. */
  readonly square?: boolean;
}

const classOf = ({ look = 'outline', large, wide, square }: Look): string =>
  cx(s['button'], s[look], large && s['large'], wide && s['wide'], square && s['icon']);

export function Button(props: Look & ButtonHTMLAttributes<HTMLButtonElement>) {
  const { look, large, wide, square, className, type = 'button', ...rest } = props;
  const kind = classOf({
    ...(look ? { look } : {}),
    ...(large ? { large } : {}),
    ...(wide ? { wide } : {}),
    ...(square ? { square } : {}),
  });
  return <button type={type} className={cx(kind, className)} {...rest} />;
}

/** `href`: a path within the app. `fresh`: opens in a new tab. `file`: downloads from the API. */
export function ButtonLink(
  props: Look & {
    readonly href: string;
    readonly fresh?: boolean;
    readonly file?: boolean;
    readonly children: ReactNode;
  },
) {
  const { href: path, fresh, file, children, ...look } = props;
  const href = appPath(path);
  if (fresh || file) {
    return (
      <a className={classOf(look)} href={href} {...(fresh ? { target: '_blank', rel: 'noopener' } : { download: '' })}>
        {children}
      </a>
    );
  }
  return (
    // Every page has a connection of its own, so Next's link would save nothing and weigh eight kilobytes.
    <a className={classOf(look)} href={href}>
      {children}
    </a>
  );
}
