'use client';
// A text to copy, such as a link: shown in full, with a button. Where the browser has no clipboard for us (plain http),
// the text is selected, so that the keyboard or the phone's menu copies it.
import { useRef, useState } from 'react';
import { Button } from './button.tsx';
import { Field } from './field.tsx';

export function CopyField(props: {
  readonly label: string;
  readonly hint?: string;
  readonly text: string;
  readonly words: { readonly copy: string; readonly copied: string; readonly selected: string };
}) {
  const { label, hint, text, words } = props;
  const box = useRef<HTMLDivElement>(null);
  const [done, setDone] = useState<'copied' | 'selected' | null>(null);
  const copy = async () => {
    box.current?.querySelector('input')?.select();
    const copied = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    setDone(copied ? 'copied' : 'selected');
  };
  return (
    <div ref={box}>
      <Field
        label={label}
        {...(hint === undefined ? {} : { hint })}
        readOnly
        value={text}
        onFocus={(event) => event.target.select()}
        aside={
          <Button look="primary" onClick={() => void copy()}>
            {done === null ? words.copy : words[done]}
          </Button>
        }
      />
    </div>
  );
}
