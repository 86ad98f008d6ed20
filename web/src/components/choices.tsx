import { CircleAlert } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import styles from './choices.module.css';
import field from './field.module.css';

type Option<T extends string> = { value: T; label: string; detail?: ReactNode };

type ChoicesProps<T extends string> = {
  legend: string;
  options: Option<T>[];
  chosen: T[];
  onChange: (chosen: T[]) => void;
  /** Several may be chosen: boxes in place of dots. */
  several?: boolean;
  /** Narrowest option, a CSS length; 9rem unless told. */
  width?: string;
  error?: string | null;
};

/** Options side by side as native radio buttons or check boxes. */
export function Choices<T extends string>(props: ChoicesProps<T>) {
  const { legend, options, chosen, onChange, several = false, width, error } = props;
  const id = useId();
  const toggle = (value: T, on: boolean) => {
    if (!several) onChange([value]);
    else onChange(on ? [...chosen, value] : chosen.filter((other) => other !== value));
  };
  return (
    <fieldset className={styles.group} aria-describedby={error ? `${id}-error` : undefined}>
      <legend className={styles.legend}>{legend}</legend>
      <div
        className={styles.options}
        ref={(node) => node?.style.setProperty('--choice-width', width ?? '9rem')}
      >
        {options.map(({ value, label, detail }) => (
          <label key={value} className={styles.option}>
            <input
              type={several ? 'checkbox' : 'radio'}
              name={id}
              value={value}
              checked={chosen.includes(value)}
              onChange={(event) => toggle(value, event.target.checked)}
            />
            <span className={styles.words}>
              <span>{label}</span>
              {detail && <span className={styles.detail}>{detail}</span>}
            </span>
          </label>
        ))}
      </div>
      {error && (
        <p className={field.error} id={`${id}-error`} role="alert">
          <CircleAlert aria-hidden size={15} />
          {error}
        </p>
      )}
    </fieldset>
  );
}
