import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { profileKey, saveProfile, useProfile } from '@/api/account';
import { messageOf } from '@/api/errors';
import type { Difficulty, FeedbackStyle, Profile } from '@/api/types';
import { Button } from '@/components/button';
import { Chips } from '@/components/chips';
import { Choices } from '@/components/choices';
import { Notice } from '@/components/notice';
import { Skeleton } from '@/components/skeleton';
import styles from './account.module.css';

const LEVELS: { value: Difficulty; label: string }[] = [
  { value: 'beginner', label: 'Starting' },
  { value: 'intermediate', label: 'Experienced' },
  { value: 'advanced', label: 'Expert' },
];

const STYLES: { value: FeedbackStyle; label: string; detail: string }[] = [
  { value: 'supportive', label: 'Supportive', detail: 'What works first' },
  { value: 'direct', label: 'Direct', detail: 'The point, nothing else' },
  { value: 'detailed', label: 'Detailed', detail: 'Every criterion in words' },
];

/** What the person practises for; questions and feedback go by it. */
export function ProfileForm() {
  const profile = useProfile();
  return (
    <section className={styles.sheet} aria-labelledby="profile-heading">
      <h2 id="profile-heading">What you practise for</h2>
      <p className="soft">
        Where the job and your resume say nothing, questions start from your skills and the jobs you aim at.
      </p>
      {profile.isPending && <Skeleton label="Fetching your profile" lines={4} />}
      {profile.isError && (
        <Notice kind="bad">
          <p>{messageOf(profile.error)}</p>
          <Button onClick={() => void profile.refetch()}>Try again</Button>
        </Notice>
      )}
      {profile.data && <Fields initial={profile.data} />}
    </section>
  );
}

function Fields({ initial }: { initial: Profile }) {
  const queries = useQueryClient();
  const [profile, setProfile] = useState(initial);
  const set = (changes: Partial<Profile>) => setProfile({ ...profile, ...changes });
  const save = useMutation({
    mutationFn: saveProfile,
    onSuccess: (saved) => queries.setQueryData(profileKey, saved),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(profile);
  };
  return (
    <form className={styles.fields} onSubmit={submit} noValidate>
      <Chips
        label="Jobs you aim at"
        values={profile.target_job_titles}
        onChange={(target_job_titles) => set({ target_job_titles })}
      />
      <Choices
        legend="Level"
        options={LEVELS}
        chosen={profile.experience_level ? [profile.experience_level] : []}
        onChange={([level]) => set({ experience_level: level ?? null })}
      />
      <Chips label="Industries" values={profile.industries} onChange={(industries) => set({ industries })} />
      <Chips label="Skills" values={profile.skills} onChange={(skills) => set({ skills })} />
      <Choices
        legend="How feedback should sound"
        options={STYLES}
        chosen={[profile.preferred_feedback_style]}
        onChange={([style]) => style && set({ preferred_feedback_style: style })}
      />
      {save.isError && <Notice kind="bad">{messageOf(save.error)}</Notice>}
      <div className="row">
        <Button type="submit" busy={save.isPending}>
          Save
        </Button>
        <span role="status">{save.isSuccess && save.variables === profile && 'Saved'}</span>
      </div>
    </form>
  );
}
