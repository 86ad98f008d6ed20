/** Short names for the generated shapes. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type About = Schemas['AboutBody'];
export type Competency = Schemas['CompetencyBody'];
export type Consents = Schemas['ConsentsBody'];
export type ConsentText = Schemas['ConsentTextBody'];
export type Criterion = Schemas['CriterionBody'];
export type Difficulty = Schemas['Difficulty'];
export type Engine = Schemas['Engine'];
export type Evaluation = Schemas['EvaluationBody'];
export type Experience = Schemas['Experience'];
export type FeedbackStyle = Schemas['FeedbackStyle'];
export type Highlight = Schemas['HighlightBody'];
export type InterviewConfig = Schemas['ConfigBody'];
export type InterviewConfigInput = Schemas['ConfigInput'];
export type InterviewEvent = Schemas['EventBody'];
export type InterviewType = Schemas['InterviewType'];
export type Job = Schemas['JobBody'];
export type Judge = Schemas['JudgeBody'];
export type Note = Schemas['Note'];
export type Outside = Schemas['OutsideBody'];
export type Personality = Schemas['Personality'];
export type Profile = Schemas['Profile'];
export type Purpose = Schemas['Purpose'];
export type Question = Schemas['QuestionBody'];
export type AbilityBand = Schemas['AbilityBand'];
export type Report = Schemas['ReportBody'];
export type ReportAnswer = Schemas['ReportAnswerBody'];
export type Resume = Schemas['ResumeBody'];
export type Seniority = Schemas['Seniority'];
export type Session = Schemas['SessionBody'];
export type SignIn = Schemas['SignInBody'];
export type Submission = Schemas['ResponseBody'];
export type Spoken = Schemas['Spoken'];
export type User = Schemas['UserBody'];
export type WaysIn = Schemas['WaysInBody'];

export type Answered = Schemas['AnsweredBody'];
export type Retried = Schemas['RetriedBody'];
export type SignedIn = Schemas['SignedIn'];

/** A page of a list; `next` is null at the end. */
export type Page<T> = { items: T[]; next?: string | null };
