// A button that brings what is on screen up to date. It lies over the end of its list, so that nothing moves when it
// appears; without a label there is none.
import s from './update-pill.module.css';

export function UpdatePill({ label, onUpdate }: { readonly label: string | null; readonly onUpdate: () => void }) {
  return (
    <div className={s['place']}>
      {label === null ? null : (
        <button type="button" className={s['pill']} onClick={onUpdate}>
          {label}
        </button>
      )}
    </div>
  );
}
