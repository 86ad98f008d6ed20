import { Link } from 'react-router';
import { useAbout } from '@/api/about';
import { modelsFor } from '@/lib/outside';

/** Before the start: what leaves this server, and to whom. */
export function WhatLeaves() {
  const { data: about } = useAbout();
  if (!about) return null;
  const leads = modelsFor(about.outside, 'interviewing');
  const judges = modelsFor(about.outside, 'judging');
  return (
    <p className="soft small">
      {about.outside.length === 0 && 'Nothing of this leaves the server. '}
      {leads &&
        `The job description, your resume without name and contact details, and your answers go to ${leads}, which leads the interview. `}
      {judges && `Each question goes with your answer, without names, to ${judges}, which judges it. `}
      <Link to="/privacy">More on that</Link>
    </p>
  );
}
