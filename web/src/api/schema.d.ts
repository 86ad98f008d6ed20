// Generated from contract/openapi.json by `npm run gen`. Do not edit.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description The ability shown in one competency, as the person sees it. */
        AbilityBand: {
            /** @description Key of the competency. */
            competency: string;
            /** @description Its name for people. */
            label: string;
            level_low?: components["schemas"]["Difficulty"] | null;
            level_high?: components["schemas"]["Difficulty"] | null;
            level_likely?: components["schemas"]["Difficulty"] | null;
            /** @description How sure that is. */
            certainty: components["schemas"]["Certainty"];
            /**
             * Format: int32
             * @description Answers that it stands on: those that could be scored, without follow-ups.
             */
            answers: number;
            /**
             * Format: int32
             * @description Interviews that they were given in, this one and earlier ones.
             */
            interviews: number;
        };
        /** @description What this server is. */
        AboutBody: {
            /** @description Version of the program. */
            version: string;
            /** @description Whom words and sound of candidates are sent to; empty when nothing leaves this server. */
            outside: components["schemas"]["OutsideBody"][];
            /** @description Languages in which an interview can be held now, by code (ISO 639-1). */
            languages: string[];
            /** @description Providers that one can sign in with, beside a password. */
            sign_in: components["schemas"]["WayInBody"][];
        };
        /** @description Agree to a text. */
        AgreeBody: {
            /** @description Version of the text that was shown. */
            version: string;
        };
        /** @description A sign-in that was ended because a token of it came a second time: somebody has a copy of it. */
        AlertBody: {
            /** @description Of the sign-in. */
            id: components["schemas"]["SignInId"];
            /** @description Browser and system in plain words, such as `Firefox on Linux`; empty when not known. */
            device: string;
            /** @description A network address without its last part; empty when not known. */
            address: string;
            /** @description When the person had signed in there. */
            signed_in_at: components["schemas"]["Timestamp"];
            /** @description When it was ended. */
            ended_at: components["schemas"]["Timestamp"];
        };
        /** @description Answer a question. */
        AnswerBody: {
            question_id: components["schemas"]["QuestionId"];
            content: string;
        };
        /** @description An acknowledged answer. It is on the disk. */
        AnsweredBody: {
            response: components["schemas"]["ResponseBody"];
            next_question?: components["schemas"]["QuestionBody"] | null;
            /** @description The interviewer's last words, when it ended the interview with some. */
            farewell?: string | null;
            session: components["schemas"]["SessionBody"];
        };
        /** @description Something that somebody did, or tried. */
        AuditEntryBody: {
            id: components["schemas"]["AuditId"];
            at: components["schemas"]["Timestamp"];
            actor?: components["schemas"]["UserId"] | null;
            /** @example models.changed */
            action: string;
            /** @description To whom or what: an id or a name. */
            subject: string;
            /** @description More about it, in words. */
            details: string;
        };
        /**
         * Format: uuid
         * @description An entry of the audit log.
         */
        AuditId: string;
        /** @description Whether the past is as it was written. */
        AuditVerificationBody: {
            /**
             * Format: int64
             * @description Entries that were looked at.
             */
            entries: number;
            /**
             * Format: int64
             * @description Entries that were sealed with a master key that is not here, and cannot be checked.
             */
            unknown: number;
            /**
             * Format: int64
             * @description Number of the first entry that is not right; null when all are.
             */
            fault_at?: number | null;
            /** @description What is wrong with it, in words. */
            fault?: string | null;
            /** @description Number of the last entry and its seal, as `greenroom audit verify --noted` takes them; null when there is none. */
            mark?: string | null;
        };
        /** @description A question on its way into a bank or out of it. */
        BankEntry: {
            /** @description Key of the role that it is for. */
            role: string;
            /** @description The question. */
            question: components["schemas"]["BankQuestion"];
            /** @description Where it was taken from: a name or an address. */
            source?: string | null;
            /** @description Under which licence, as an SPDX expression where there is one. */
            licence?: string | null;
        };
        /** @description A file with questions. */
        BankImportBody: {
            format?: components["schemas"]["QuestionFormat"];
            /** @description The file itself, at most 2 000 questions. */
            content: string;
            /** @description The role of all its questions, whatever they say themselves. */
            role?: string | null;
            /** @description Only tell what would happen. */
            dry_run?: boolean;
        };
        /** @description What became of a file with questions. */
        BankImportedBody: {
            /** @description Whether nothing was stored. */
            dry_run: boolean;
            /** @description Rows that were there. */
            rows: number;
            /** @description New questions. */
            added: number;
            /** @description Questions that are there in another version now. */
            changed: number;
            /** @description Questions that were there already. */
            unchanged: number;
            /** @description Rows that did not go in. */
            refused: number;
            /** @description Why, and what somebody should look at. */
            notes: components["schemas"]["BankNoteBody"][];
        };
        /** @description A remark on a row. */
        BankNoteBody: {
            /** @description Number of the line that the row begins on, from 1. */
            line: number;
            /** @description Name of the column, or number of the character on the line. */
            column?: string | null;
            /** @description Key of the question, if it could be read. */
            question?: string | null;
            severity: components["schemas"]["NoteSeverity"];
            /** @description Stable key of the rule. */
            rule: string;
            message: string;
        };
        /** @description A curated question. */
        BankQuestion: {
            /** @description Stable key: role, a dot, a slug. */
            id: string;
            /** @description Type of question. */
            type: components["schemas"]["InterviewType"];
            /** @description Key of the competency it measures. */
            competency: string;
            /** @description Level. */
            difficulty: components["schemas"]["Difficulty"];
            /**
             * Format: int32
             * @description Speaking time of a full answer, in minutes.
             */
            minutes: number;
            phase?: components["schemas"]["Phase"] | null;
            /** @description Tags, lower case. */
            tags: string[];
            /** @description The question. */
            text: string;
            /** @description An answer that would get full marks, first person. */
            reference: string;
            /** @description What a weak answer says. */
            red_flags?: string[];
            /** @description What a full answer says. */
            key_points: components["schemas"]["KeyPoint"][];
            /** @description Follow-up questions by the curator. */
            follow_ups?: components["schemas"]["FollowUp"][];
            sounds_like?: components["schemas"]["SoundsLike"] | null;
        };
        /** @description A question of the bank. */
        BankQuestionBody: {
            /** @description Stable key. */
            id: string;
            content: string;
            category: components["schemas"]["InterviewType"];
            difficulty: components["schemas"]["Difficulty"];
            competency: string;
            role: string;
            role_title: string;
            industries: string[];
            tags: string[];
            /** Format: int32 */
            minutes: number;
            /** @description What a full answer says. */
            key_points: components["schemas"]["KeyPoint"][];
            /** @description An answer that would get full marks. */
            reference: string;
            follow_ups: string[];
            red_flags: string[];
        };
        /** @description A role of the bank. */
        BankRoleBody: {
            key: string;
            /** @description Name for people. */
            title: string;
            /** @description Questions that are asked. */
            questions: number;
        };
        /** @description Where the calibration of the bank stands. */
        CalibrationBody: {
            calibrated_at?: components["schemas"]["Timestamp"] | null;
            running?: components["schemas"]["CalibrationProgress"] | null;
            /** @description Whether one is queued for now, or under way at any node. */
            waiting: boolean;
            /**
             * Format: int32
             * @description Questions with parameters by their answers.
             */
            questions: number;
            /**
             * Format: int32
             * @description Those of them that a curator should look at.
             */
            flagged: number;
        };
        /** @description How far a calibration is. */
        CalibrationProgress: {
            /**
             * Format: int32
             * @description Interviews that were read; null once they all are.
             */
            interviews?: number | null;
            /**
             * Format: double
             * @description Share of the estimation that is done, 0..=1.
             */
            share: number;
        };
        /**
         * @description How sure an ability is.
         * @enum {string}
         */
        Certainty: "not_yet_known" | "uncertain" | "fairly_sure" | "sure";
        /**
         * @description How answers are given. Both are judged alike.
         * @enum {string}
         */
        Channel: "text" | "voice";
        /** @description What a recording of the microphone showed. */
        CheckBody: {
            /** @description What was understood; null when nobody could say. */
            text?: string | null;
            /**
             * Format: float
             * @description How loud the voice is, dBFS; the whole recording when there is no voice in it.
             */
            level_dbfs: number;
            /**
             * Format: float
             * @description Share of samples at the very top, 0..=1.
             */
            clipping: number;
            /**
             * Format: float
             * @description How loud the quietest tenth is, dBFS.
             */
            noise_dbfs: number;
            /**
             * Format: int32
             * @description Voice in it, ms.
             */
            voice_ms: number;
        };
        /** @description A competency and whether the interview has come to it. */
        ChecklistEntry: {
            /** @description Key in the taxonomy. */
            key: string;
            /** @description Name for people. */
            label: string;
            /** @description Covered, or left. */
            status: components["schemas"]["CompetencyStatus"];
        };
        /** @description A competency of the taxonomy. */
        CompetencyBody: {
            key: string;
            label: string;
            kind: components["schemas"]["CompetencyKind"];
            description: string;
        };
        /**
         * @description Kinds of competency.
         * @enum {string}
         */
        CompetencyKind: "core" | "craft";
        /**
         * @description Whether the interview has come to a competency.
         * @enum {string}
         */
        CompetencyStatus: "covered" | "asked" | "left";
        /** @description The total of one competency. */
        CompetencySummary: {
            /** @description Key in the taxonomy. */
            key: string;
            /** @description Name for people. */
            label: string;
            /**
             * Format: double
             * @description Share of the interview's attention, 0..=1.
             */
            weight: number;
            /**
             * Format: double
             * @description Mean of the assessed answers, 1..=10; `None` when not assessed.
             */
            score?: number | null;
            /**
             * Format: int32
             * @description Answers assessed.
             */
            assessed: number;
        };
        /**
         * @description Why an interview is over.
         * @enum {string}
         */
        CompletionReason: "finished" | "time_up" | "ended_early" | "conduct";
        /** @description An interview set-up. */
        ConfigBody: {
            id: components["schemas"]["ConfigId"];
            title: string;
            job_description: string;
            position?: string | null;
            difficulty: components["schemas"]["Difficulty"];
            interview_type: components["schemas"]["InterviewType"][];
            /**
             * Format: int32
             * @description Minutes.
             */
            duration: number;
            interviewer_personality: components["schemas"]["Personality"];
            /** Format: int32 */
            question_count?: number | null;
            language: string;
            resume_id?: components["schemas"]["ResumeId"] | null;
            rubric: components["schemas"]["RubricRef"];
            posting: components["schemas"]["JobBody"];
            created_at: components["schemas"]["Timestamp"];
            updated_at: components["schemas"]["Timestamp"];
        };
        /**
         * Format: uuid
         * @description An interview set-up.
         */
        ConfigId: string;
        /** @description Make or replace an interview set-up. */
        ConfigInput: {
            title: string;
            job_description: string;
            /** @description Job title; read from the job description when left out. */
            position?: string | null;
            difficulty: components["schemas"]["Difficulty"];
            interview_type: components["schemas"]["InterviewType"][];
            /**
             * Format: int32
             * @description Minutes.
             */
            duration: number;
            interviewer_personality?: components["schemas"]["Personality"] | null;
            /**
             * Format: int32
             * @description Questions without follow-ups; the time decides when left out.
             */
            question_count?: number | null;
            /** @description ISO 639-1; English so far. */
            language?: string | null;
            resume_id?: components["schemas"]["ResumeId"] | null;
            rubric_id?: string | null;
            posting?: components["schemas"]["JobPosting"] | null;
        };
        /** @description Something that a person agreed to. */
        Consent: {
            /** @description What for: the name of a [`Purpose`], or another one, for example `terms`. */
            purpose: string;
            /** @description Version of the text that was shown. */
            version: string;
            /** @description When. */
            given_at: components["schemas"]["Timestamp"];
            withdrawn_at?: components["schemas"]["Timestamp"] | null;
        };
        /** @description Something that a person agrees to. */
        ConsentBody: {
            /** @description What for, for example `terms`. */
            purpose: string;
            /** @description Version of the text that was shown. */
            version: string;
        };
        /** @description A text that people agree to. */
        ConsentTextBody: {
            purpose: components["schemas"]["Purpose"];
            /**
             * @description Changes with every letter of the text.
             * @example 2026-11-21.1f0c33aa
             */
            version: string;
            title: string;
            paragraphs: string[];
        };
        /** @description The texts of today. */
        ConsentTextsBody: {
            /** @description One for each purpose. */
            items: components["schemas"]["ConsentTextBody"][];
            /** @description Always null: there is one page. */
            next?: string | null;
        };
        /** @description All consents of a person. */
        ConsentsBody: {
            /** @description Everything that the person agreed to, the newest last. */
            given: components["schemas"]["Consent"][];
            /** @description Purposes that the person agrees to at this moment, in the words of today. */
            agreed: components["schemas"]["Purpose"][];
        };
        /** @description What was said in truth. */
        CorrectionBody: {
            text: string;
            /**
             * @description The words that this takes the place of. When the answer has others by now (the candidate went on), nothing is changed:
             *     409 `answer_changed`. Left out: whatever they are.
             */
            instead_of?: string | null;
        };
        /** @description The result for one criterion. */
        CriterionBody: {
            key: string;
            /** @description Name for people. */
            label: string;
            /** Format: double */
            weight: number;
            status: components["schemas"]["CriterionStatus"];
            /**
             * Format: double
             * @description 1..=10; null when not assessed.
             */
            score?: number | null;
            /** @description Lowest and highest score of repeated judging; null when judged once. */
            range?: number[] | null;
            /** @description Why this score, or why none. */
            reason: string;
            cause?: components["schemas"]["NotAssessed"] | null;
            /** @description Verified by code: `text` is exactly what stands at `start..end` of the answer. */
            quotes: components["schemas"]["Quote"][];
        };
        /**
         * @description Assessed, or not.
         * @enum {string}
         */
        CriterionStatus: "assessed" | "not_assessed";
        /** @description A question of the bank, for those who look after it. */
        CuratedQuestionBody: {
            role: string;
            role_title: string;
            /** @description Name of its competency for people. */
            competency_label: string;
            origin: components["schemas"]["QuestionOrigin"];
            /**
             * Format: int32
             * @description From 1; null for what ships.
             */
            version?: number | null;
            /** @description Whether it is no longer asked. */
            retired: boolean;
            changed_at?: components["schemas"]["Timestamp"] | null;
            /** @description Where it was taken from. */
            source?: string | null;
            /** @description Under which licence. */
            licence?: string | null;
            /** @description Day on which somebody who did not write it last read it; null where nobody did. */
            reviewed_on?: string | null;
            /** @description ISO 639-1 codes of the languages that it is there in. */
            languages: string[];
            calibration?: components["schemas"]["DriftBody"] | null;
            question: components["schemas"]["BankQuestion"];
        };
        /** @description What one provider cost on one day. */
        DaySpendingBody: {
            /**
             * Format: date
             * @description The day (UTC).
             */
            day: string;
            provider: string;
            /** Format: int64 */
            micros: number;
            /**
             * Format: int64
             * @description Calls whose price is not known; `micros` does not hold them.
             */
            unpriced_calls: number;
        };
        /** @description How somebody spoke: for the speaker alone, and no part of a score. */
        DeliveryBody: {
            /** @description Whether the numbers are there. */
            status: components["schemas"]["DeliveryStatus"];
            /** @description Why they are not, for people. */
            reason?: string | null;
            /** @description The numbers. */
            measures: components["schemas"]["DeliveryMeasureBody"][];
            /** @description Where it is worth listening again; none without a recording. */
            moments: components["schemas"]["DeliveryMomentBody"][];
        };
        /**
         * @description Why a number is not given.
         * @enum {string}
         */
        DeliveryLeftOut: "too_little_speech" | "too_noisy" | "too_much_lost" | "auto_gain" | "no_words" | "fillers_not_kept" | "nothing_to_measure";
        /** @description A number, or why there is none. */
        DeliveryMeasureBody: {
            /** @description Which. */
            key: components["schemas"]["DeliveryMeasureKey"];
            /**
             * Format: float
             * @description It.
             */
            value?: number | null;
            /**
             * @description What it counts in.
             * @example words/min
             */
            unit: string;
            left_out?: components["schemas"]["DeliveryLeftOut"] | null;
            /** @description What is usual. */
            norm: components["schemas"]["DeliveryNormBody"];
        };
        /**
         * @description A number of how somebody spoke.
         * @enum {string}
         */
        DeliveryMeasureKey: "words_per_minute" | "articulation_words_per_minute" | "pauses_per_minute" | "longest_pause_s" | "response_delay_s" | "pitch_spread_semitones" | "loudness_spread_db" | "talk_share" | "interruptions" | "fillers_per_hundred_words" | "clipped_share" | "signal_to_noise_db";
        /** @description Where it is worth listening again. */
        DeliveryMomentBody: {
            /** @description What is to be heard. */
            kind: components["schemas"]["DeliveryMomentKind"];
            /**
             * Format: int64
             * @description From where, ms of the recording.
             */
            from_ms: number;
            /**
             * Format: int64
             * @description To where, ms.
             */
            to_ms: number;
            /** @description The same for people. */
            says: string;
        };
        /**
         * @description What is to be heard there.
         * @enum {string}
         */
        DeliveryMomentKind: "long_pause" | "interruption" | "rushed" | "clipping";
        /** @description What is usual. */
        DeliveryNormBody: {
            /**
             * Format: float
             * @description The lower end.
             */
            low?: number | null;
            /**
             * Format: float
             * @description The upper end.
             */
            high?: number | null;
            /** @description Who found that, or why it was chosen, for people. */
            source: string;
        };
        /**
         * @description Whether the numbers are there.
         * @enum {string}
         */
        DeliveryStatus: "ready" | "pending" | "not_available";
        /** @description Something that the program needs. */
        DependencyBody: {
            name: string;
            /** @description What is wrong; null when it answers. */
            problem?: string | null;
            /** @description Whether nothing goes on without it. */
            is_vital: boolean;
            /** Format: double */
            latency_ms: number;
        };
        /**
         * @description How hard the questions are.
         * @enum {string}
         */
        Difficulty: "beginner" | "intermediate" | "advanced";
        /** @description A disk. */
        DiskBody: {
            /** Format: int64 */
            free_bytes: number;
            /** Format: int64 */
            size_bytes: number;
        };
        /** @description How a question's difficulty lies to what its author said. */
        DriftBody: {
            question_id: string;
            /** @description The question; null when it is no longer in the bank. */
            text?: string | null;
            /** @description The author's level. */
            level: components["schemas"]["Difficulty"];
            /**
             * Format: double
             * @description Difficulty that this level stands for: 0 is the middle of those interviewed at the intermediate level.
             */
            authored: number;
            /**
             * Format: double
             * @description Difficulty by the answers.
             */
            difficulty: number;
            /**
             * Format: double
             * @description Standard error of that difficulty.
             */
            standard_error: number;
            /**
             * Format: double
             * @description How sharply the question tells people apart.
             */
            discrimination: number;
            /**
             * Format: int32
             * @description People whose answers it stands on.
             */
            answers: number;
            /** @description Whether a curator should look: surely harder or easier than the author said, and by a size that matters. */
            flagged: boolean;
            calibrated_at: components["schemas"]["Timestamp"];
        };
        /** @description One course of study. */
        Education: {
            /**
             * @description Degree or course as written.
             * @default null
             */
            degree: string | null;
            /**
             * @description School as written.
             * @default null
             */
            organization: string | null;
            /**
             * @description First year or month.
             * @default null
             */
            start: string | null;
            /**
             * @description Last year or month.
             * @default null
             */
            end: string | null;
        };
        /** @description What became of the other sign-ins. */
        EndedBody: {
            /** @description How many were ended. */
            ended: number;
        };
        /**
         * @description Why an answer was taken for finished.
         * @enum {string}
         */
        EndedBy: "silence" | "done" | "length";
        /** @description Who asked or judged. */
        Engine: {
            /** @description Built in, or a language model. */
            kind: components["schemas"]["EngineKind"];
            /** @description Name of the engine or model. */
            name: string;
            /** @description Its version. */
            version: string;
        };
        /**
         * @description Kinds of engine.
         * @enum {string}
         */
        EngineKind: "builtin" | "llm";
        /**
         * @description What keeps the data.
         * @enum {string}
         */
        EngineName: "sqlite" | "postgres";
        /** @description Turns that one engine heard. */
        EngineTurnsBody: {
            /** @description Its name in the settings; null where none had a part in it. */
            engine?: string | null;
            turns: components["schemas"]["TurnsBody"];
        };
        /** @description What every error looks like. */
        ErrorBody: {
            /**
             * Format: int32
             * @description HTTP status.
             */
            status_code: number;
            /** @description Stable name, for programs. */
            error: string;
            /** @description What happened, what was kept, what to do: for people. */
            message: string;
            details?: components["schemas"]["ErrorDetails"] | null;
            /** @description Quote this when you report the error. */
            request_id: string;
        };
        /** @description Messages by the field that they belong to. */
        ErrorDetails: {
            /** @description Field to message. */
            fields: {
                [key: string]: string;
            };
        };
        /** @description Judge an answer: one of an interview by `response_id`, or any by `question` and `answer`. */
        EvaluateBody: {
            /** @description The answer. */
            response_id: components["schemas"]["ResponseId"];
        } | {
            question: string;
            answer: string;
            /** @description An answer that would get full marks. */
            reference?: string | null;
            rubric_id?: string | null;
        };
        /** @description The judgement of one answer. */
        EvaluationBody: {
            id: components["schemas"]["EvaluationId"];
            session_id?: components["schemas"]["SessionId"] | null;
            question_id?: components["schemas"]["QuestionId"] | null;
            response_id?: components["schemas"]["ResponseId"] | null;
            /** @description Who judged. */
            engine: components["schemas"]["Engine"];
            rubric: components["schemas"]["RubricRef"];
            criteria: components["schemas"]["CriterionBody"][];
            key_points: components["schemas"]["KeyPointBody"][];
            /** @description Computed in code from criteria and weights. */
            overall: components["schemas"]["Overall"];
            strengths: string[];
            areas_for_improvement: string[];
            created_at: components["schemas"]["Timestamp"];
        };
        /**
         * Format: uuid
         * @description A judgement of one answer.
         */
        EvaluationId: string;
        /** @description Something that happened in an interview. */
        EventBody: components["schemas"]["EventKind"] & {
            /**
             * Format: int64
             * @description Position in the log, from 1.
             */
            seq: number;
            at: components["schemas"]["Timestamp"];
        };
        /** @description What happened. */
        EventKind: {
            /** @description The interview began. */
            data: {
                /** Format: int32 */
                planned: number;
            };
            /** @enum {string} */
            kind: "started";
        } | {
            /** @description The interviewer asked. */
            data: {
                question: components["schemas"]["QuestionBody"];
            };
            /** @enum {string} */
            kind: "question_asked";
        } | {
            /** @description The candidate answered. */
            data: {
                response: components["schemas"]["ResponseBody"];
            };
            /** @enum {string} */
            kind: "answer_received";
        } | {
            /** @description The candidate went on after an answer had been taken for finished: these words belong to it too. */
            data: {
                response_id: components["schemas"]["ResponseId"];
                added: string;
                spoken: components["schemas"]["Spoken"];
            };
            /** @enum {string} */
            kind: "answer_amended";
        } | {
            /** @description The candidate mended what had been misheard. This is what is judged. */
            data: {
                response_id: components["schemas"]["ResponseId"];
                content: string;
            };
            /** @enum {string} */
            kind: "transcript_corrected";
        } | {
            /** @description A voice line was opened; the one before it ends. */
            data: {
                line: string;
                transport: components["schemas"]["Transport"];
                /** @description The interviewer's voice that was chosen with it; null when none was. */
                voice?: string | null;
            };
            /** @enum {string} */
            kind: "voice_joined";
        } | {
            /** @description So much of something that the interviewer said was heard. */
            data: {
                heard: components["schemas"]["HeardReply"];
            };
            /** @enum {string} */
            kind: "reply_heard";
        } | {
            /** @description Words of an answer that is still being spoken: should its line end, the next one goes on with them. */
            data: {
                question_id: components["schemas"]["QuestionId"];
                unfinished: components["schemas"]["Unfinished"];
            };
            /** @enum {string} */
            kind: "words_held";
        } | {
            /** @description How long the stages between an answer and the sound of the reply took. */
            data: {
                response_id: components["schemas"]["ResponseId"];
                stages: components["schemas"]["Stages"];
            };
            /** @enum {string} */
            kind: "turn_timed";
        } | {
            /** @description An answer was judged. */
            data: {
                evaluation: components["schemas"]["EvaluationBody"];
            };
            /** @enum {string} */
            kind: "answer_evaluated";
        } | {
            /** @description Planned questions were dropped because time runs short. */
            data: {
                /** Format: int32 */
                dropped_count: number;
            };
            /** @enum {string} */
            kind: "plan_tightened";
        } | {
            /** @description Another question takes the place of a planned one, because of what the answers showed. */
            data: Record<string, never>;
            /** @enum {string} */
            kind: "plan_exchanged";
        } | {
            /** @description The interviewer has another plan for what is left. */
            data: {
                /** Format: int32 */
                planned: number;
                reading?: components["schemas"]["Reading"] | null;
            };
            /** @enum {string} */
            kind: "replanned";
        } | {
            /** @description The interviewer noticed something in an answer. */
            data: {
                note: components["schemas"]["Note"];
            };
            /** @enum {string} */
            kind: "noted";
        } | {
            /** @description A language model was asked, whatever came of it. */
            data: {
                call: components["schemas"]["ModelCall"];
            };
            /** @enum {string} */
            kind: "model_asked";
        } | {
            /** @description The candidate paused. */
            data: Record<string, never>;
            /** @enum {string} */
            kind: "paused";
        } | {
            /** @description The candidate went on. */
            data: Record<string, never>;
            /** @enum {string} */
            kind: "resumed";
        } | {
            /** @description The interview is over. */
            data: {
                reason: components["schemas"]["CompletionReason"];
                /** @description The interviewer's last words. */
                farewell?: string | null;
            };
            /** @enum {string} */
            kind: "completed";
        } | {
            /** @description The candidate did not come back. */
            data: Record<string, never>;
            /** @enum {string} */
            kind: "abandoned";
        };
        /** @description One position held. */
        Experience: {
            /**
             * @description Job title as written.
             * @default null
             */
            title: string | null;
            /**
             * @description Employer as written.
             * @default null
             */
            organization: string | null;
            /**
             * @description First month, `YYYY-MM`, or `YYYY` when the month is not given.
             * @default null
             */
            start: string | null;
            /**
             * @description Last month; `None` when it is not given or the position is the present one.
             * @default null
             */
            end: string | null;
            /**
             * @description What was done, a line each, as written.
             * @default []
             */
            highlights: string[];
        };
        /** @description Feedback on one answer. */
        FeedbackBody: components["schemas"]["FeedbackContent"] & {
            id: components["schemas"]["FeedbackId"];
            response_id: components["schemas"]["ResponseId"];
            session_id: components["schemas"]["SessionId"];
            engine: components["schemas"]["Engine"];
            created_at: components["schemas"]["Timestamp"];
        };
        /** @description What feedback says. */
        FeedbackContent: {
            /** @description A paragraph for the person. */
            detailed_feedback: string;
            /** @description What was good, a sentence each. */
            strengths: string[];
            /** @description What to do better, a sentence each. */
            areas_for_improvement: string[];
            /** @description A stronger version of the person's own answer: only their facts, blanks where one is missing. */
            sample_answer: string;
            /** @description Advice for the next try. */
            tips: string[];
            /** @description What to read or practise. */
            resources: string[];
        };
        /**
         * Format: uuid
         * @description Written feedback on one answer.
         */
        FeedbackId: string;
        /**
         * @description How feedback should sound.
         * @enum {string}
         */
        FeedbackStyle: "supportive" | "direct" | "detailed";
        /** @description One thing that was seen. */
        FindingBody: {
            /** @description What was tried, in a word or two. */
            what: string;
            passed: boolean;
            /** @description What was seen, and what to do if it went wrong. */
            words: string;
        };
        /** @description A curator's follow-up question. */
        FollowUp: {
            /** @description Number of the key point that it digs for, from 1; 0 when it suits any answer. */
            asks_for: number;
            /** @description The question. */
            text: string;
        };
        /** @description A follow-up, when the answer invites one. */
        FollowUpBody: {
            question?: components["schemas"]["QuestionBody"] | null;
        };
        /**
         * @description How a document is sent.
         * @enum {string}
         */
        Format: "json" | "markdown" | "pdf";
        /** @description A time between positions. */
        Gap: {
            /** @description Its first month, `YYYY-MM`. */
            from: string;
            /** @description Its last month, `YYYY-MM`. */
            to: string;
            /**
             * Format: int32
             * @description How many months these are.
             */
            months: number;
        };
        /**
         * @description How a voice sounds to most.
         * @enum {string}
         */
        GenderName: "female" | "male";
        /** @description Ask for questions for a set-up. */
        GenerateBody: {
            config_id: components["schemas"]["ConfigId"];
            /** Format: int32 */
            count: number;
        };
        /** @description A line that caused a question. */
        Grounding: {
            /** @description Where the line stands. */
            source: components["schemas"]["GroundingSource"];
            /** @description The line, word for word. */
            text: string;
        };
        /**
         * @description Where a line stands.
         * @enum {string}
         */
        GroundingSource: "job" | "resume" | "profile" | "answer" | "memory";
        /** @description What the candidate heard of something that the interviewer said. */
        HeardReply: {
            question_id?: components["schemas"]["QuestionId"] | null;
            /** @description The words that sounded. */
            text: string;
            /** @description Whether that is all of it. */
            is_whole: boolean;
        };
        /** @description One judgement that stands out. */
        HighlightBody: {
            question_id: components["schemas"]["QuestionId"];
            criterion: string;
            label: string;
            reason: string;
            /** @description What to do about it. */
            advice?: string | null;
            quote?: components["schemas"]["Quote"] | null;
        };
        /** @description A server that helps connections through networks. */
        IceServer: {
            urls: string[];
            username?: string | null;
            credential?: string | null;
        };
        /**
         * @description Kinds of question.
         * @enum {string}
         */
        InterviewType: "behavioral" | "technical" | "case" | "situational";
        /** @description What was read in a job description. */
        JobBody: {
            position?: string | null;
            seniority?: components["schemas"]["Seniority"] | null;
            employment?: string | null;
            /** @description ISO 639-1 code of the text's language. */
            language?: string | null;
            skills: components["schemas"]["JobSkill"][];
            responsibilities: string[];
            competencies: components["schemas"]["LabelledCompetency"][];
            warnings: components["schemas"]["Warning"][];
        };
        /** @description A competency of the taxonomy that a job calls for. */
        JobCompetency: {
            /** @description Key in the competency taxonomy. */
            key: string;
            /**
             * Format: double
             * @description Share of the interview's attention, 0..=1.
             */
            weight: number;
            /** @description The phrases that call for it. */
            evidence: string[];
        };
        /** @description A requirement of the job, and where it was shown. */
        JobCoverageBody: {
            requirement: string;
            required: boolean;
            resume_line?: string | null;
            answer_quote?: string | null;
            question_id?: components["schemas"]["QuestionId"] | null;
        };
        /**
         * Format: uuid
         * @description A unit of background work.
         */
        JobId: string;
        /** @description How much work there is of one kind. */
        JobLoadBody: {
            kind: string;
            /**
             * Format: int64
             * @description Due or not, and nobody is at it.
             */
            waiting: number;
            /**
             * Format: int64
             * @description Nodes are at it.
             */
            running: number;
            /**
             * Format: int64
             * @description Given up.
             */
            dead: number;
            due_since?: components["schemas"]["Timestamp"] | null;
        };
        /** @description A job description as it was read. */
        JobPosting: {
            /**
             * @description Job title as written, without marks such as "(m/w/d)".
             * @default null
             */
            position: string | null;
            /** @default null */
            seniority: components["schemas"]["Seniority"] | null;
            /**
             * @description Kind of employment as written ("Full-time", "permanent", "Vollzeit").
             * @default null
             */
            employment: string | null;
            /**
             * @description ISO 639-1 code of the text's language, when it is clear.
             * @default null
             */
            language: string | null;
            /**
             * @description Skills asked for.
             * @default []
             */
            skills: components["schemas"]["JobSkill"][];
            /**
             * @description Duties, a line each, as written.
             * @default []
             */
            responsibilities: string[];
            /**
             * @description Competencies the job calls for, heaviest first; weights sum to 1.
             * @default []
             */
            competencies: components["schemas"]["JobCompetency"][];
            /**
             * @description Doubts about the reading.
             * @default []
             */
            warnings: components["schemas"]["Warning"][];
        };
        /** @description One skill that a job asks for. */
        JobSkill: {
            /** @description The skill, in the words of the text. */
            name: string;
            /** @description What kind of skill it is. */
            kind: components["schemas"]["SkillKind"];
            /** @description The name that stands for all spellings of the skill ("Kubernetes" for "k8s"); `None` when it is not known. */
            known_as?: string | null;
            /** @description False when the text calls it an advantage only. */
            required: boolean;
            /** @description The phrase of the text that asks for it. */
            evidence: string;
        };
        /** @description A judge with what it showed on answers whose order is known. */
        JudgeBody: {
            engine: components["schemas"]["Engine"];
            ladder?: components["schemas"]["LadderBody"] | null;
        };
        /** @description A judge with what it showed last. */
        JudgeCheckBody: {
            /** @description Name of its provider; null for the built-in scorer. */
            provider?: string | null;
            /** @description The model as its vendor names it; null for the built-in scorer. */
            model?: string | null;
            ladder?: components["schemas"]["LadderBody"] | null;
            /** @description Why the last trial brought no result, when that was the last one of all. */
            failure?: string | null;
        };
        /** @description Which judge to try, and on how much. */
        JudgeCheckInput: {
            /** @description Name of a provider that is asked; null for the built-in scorer. */
            provider?: string | null;
            /**
             * Format: int32
             * @description Questions to try it on, spread over all kinds; all when left out.
             */
            questions?: number | null;
        };
        /** @description Every judge with what it showed last. */
        JudgeChecksBody: {
            /** @description Every model that is asked, in order; the built-in scorer is the last. */
            items: components["schemas"]["JudgeCheckBody"][];
            running?: components["schemas"]["RunningBody"] | null;
            /** @description Questions of the ladder. */
            questions: number;
            /** @description Answers to all of them: each is a call to the judge. */
            answers: number;
        };
        /** @description One thing that a full answer says. */
        KeyPoint: {
            /** @description The point in a few words. */
            point: string;
            /** @description What a good answer says, a sentence. */
            says: string;
            /**
             * Format: int32
             * @description 1 nice to have, 2 expected, 3 essential.
             */
            weight: number;
        };
        /** @description The result for one key point. */
        KeyPointBody: {
            text: string;
            covered: boolean;
            /** @description The words that say it; null when it was not said. */
            quote?: string | null;
        };
        /** @description A provider that is known by name, to begin with. */
        KnownModelBody: {
            name: string;
            /** @description What people call it. */
            label: string;
            protocol: components["schemas"]["ModelProtocol"];
            base_url: string;
            needs_key: boolean;
            /** @description A model that does for interviews; null where it is whatever its operator runs. */
            model?: string | null;
            /** Format: int32 */
            context?: number | null;
            json: components["schemas"]["ModelJson"];
        };
        /** @description A skill that the taxonomy knows. */
        KnownSkill: {
            /** @description As the resume writes it ("k8s"). */
            written: string;
            /** @description The name that stands for all spellings ("Kubernetes"). */
            name: string;
            /** @description What kind of skill it is. */
            kind: components["schemas"]["SkillKind"];
        };
        /** @description A competency that a job calls for. */
        LabelledCompetency: {
            key: string;
            /** @description Name for people. */
            label: string;
            /** Format: double */
            weight: number;
            /** @description The phrases that call for it. */
            evidence: string[];
        };
        /** @description What a judge showed on the ladder. */
        LadderBody: {
            /** @description When it was tried. */
            at: components["schemas"]["Timestamp"];
            /**
             * Format: int32
             * @description Questions whose answers it judged.
             */
            questions: number;
            /**
             * Format: int32
             * @description Questions that the ladder had.
             */
            of: number;
            /**
             * Format: double
             * @description Correlation of its marks with the known order, -1 to 1.
             */
            rank_correlation: number;
            /**
             * Format: int32
             * @description Pairs of answers, two or more rungs apart, that it did not put in the right order.
             */
            inversions: number;
            /** @description Whether every figure keeps its limit. */
            passed: boolean;
            /** @description Names of the figures that do not, for people. */
            failed: string[];
            /** @description All of this in words, without a full stop. */
            words: string;
        };
        /** @description How long turns of spoken interviews took, at all nodes. */
        LatencyBody: {
            /**
             * Format: int32
             * @description The hours that were looked at.
             */
            hours: number;
            all: components["schemas"]["TurnsBody"];
            /** @description By the engine that heard the answer. */
            engines: components["schemas"]["EngineTurnsBody"][];
        };
        /** @description An account at a provider. */
        LinkedBody: {
            /** @description Name of the provider in addresses; null when this server does not know it any more. */
            provider?: string | null;
            /** @description Its name for people. */
            label: string;
            /** @description Address that the provider said when it was linked. */
            email?: string | null;
            linked_at: components["schemas"]["Timestamp"];
            /** @description When somebody last signed in by it. */
            last_used_at: components["schemas"]["Timestamp"];
        };
        /** @description A page of a list. */
        ListOf_AuditEntryBody: {
            /** @description The entries. */
            items: {
                id: components["schemas"]["AuditId"];
                at: components["schemas"]["Timestamp"];
                actor?: components["schemas"]["UserId"] | null;
                /** @example models.changed */
                action: string;
                /** @description To whom or what: an id or a name. */
                subject: string;
                /** @description More about it, in words. */
                details: string;
            }[];
            /** @description Pass this as `after` to get the next page; null at the end. */
            next?: string | null;
        };
        /** @description A page of a list. */
        ListOf_BankQuestionBody: {
            /** @description The entries. */
            items: {
                /** @description Stable key. */
                id: string;
                content: string;
                category: components["schemas"]["InterviewType"];
                difficulty: components["schemas"]["Difficulty"];
                competency: string;
                role: string;
                role_title: string;
                industries: string[];
                tags: string[];
                /** Format: int32 */
                minutes: number;
                /** @description What a full answer says. */
                key_points: components["schemas"]["KeyPoint"][];
                /** @description An answer that would get full marks. */
                reference: string;
                follow_ups: string[];
                red_flags: string[];
            }[];
            /** @description Pass this as `after` to get the next page; null at the end. */
            next?: string | null;
        };
        /** @description A page of a list. */
        ListOf_BankRoleBody: {
            /** @description The entries. */
            items: {
                key: string;
                /** @description Name for people. */
                title: string;
                /** @description Questions that are asked. */
                questions: number;
            }[];
            /** @description Pass this as `after` to get the next page; null at the end. */
            next?: string | null;
        };
        /** @description A page of a list. */
        ListOf_CompetencyBody: {
            /** @description The entries. */
            items: {
                key: string;
                label: string;
                kind: components["schemas"]["CompetencyKind"];
                description: string;
            }[];
            /** @description Pass this as `after` to get the next page; null at the end. */
            next?: string | null;
        };
        /** @description A page of a list. */
        ListOf_ConfigBody: {
            /** @description The entries. */
            items: {
                id: components["schemas"]["ConfigId"];
                title: string;
                job_description: string;
                position?: string | null;
                difficulty: components["schemas"]["Difficulty"];
                interview_type: components["schemas"]["InterviewType"][];
                /**
                 * Format: int32
                 * @description Minutes.
                 */
                duration: number;
                interviewer_personality: components["schemas"]["Personality"];
                /** Format: int32 */
                question_count?: number | null;
                language: string;
                resume_id?: components["schemas"]["ResumeId"] | null;
                rubric: components["schemas"]["RubricRef"];
                posting: components["schemas"]["JobBody"];
                created_at: components["schemas"]["Timestamp"];
                updated_at: components["schemas"]["Timestamp"];
            }[];
            /** @description Pass this as `after` to get the next page; null at the end. */
            next?: string | null;
        };
        /** @description A page of a list. */
        ListOf_CuratedQuestionBody: {
            /** @description The entries. */
            items: {
                role: string;
                role_title: string;
                /** @description Name of its competency for people. */
                competency_label: string;
                origin: components["schemas"]["QuestionOrigin"];
                /**
                 * Format: int32
                 * @description From 1; null for what ships.
                 */
                version?: number | null;
                /** @description Whether it is no longer asked. */
                retired: boolean;
                changed_at?: components["schemas"]["Timestamp"] | null;
                /** @description Where it was taken from. */
                source?: string | null;
                /** @description Under which licence. */
                licence?: string | null;
                /** @description Day on which somebody who did not write it last read it; null where nobody did. */
                reviewed_on?: string | null;
                /** @description ISO 639-1 codes of the languages that it is there in. */
                languages: string[];
                calibration?: components["schemas"]["DriftBody"] | null;
                question: components["schemas"]["BankQuestion"];
            }[];
            /** @description Pass this as `after` to get the next page; null at the end. */
            next?: string | null;
        };
        /** @description A page of a list. */
        ListOf_DriftBody: {
            /** @description The entries. */
            items: {
                question_id: string;
                /** @description The question; null when it is no longer in the bank. */
                text?: string | null;
                /** @description The author's level. */
                level: components["schemas"]["Difficulty"];
                /**
                 * Format: double
                 * @description Difficulty that this level stands for: 0 is the middle of those interviewed at the intermediate level.
                 */
                authored: number;
                /**
                 * Format: double
                 * @description Difficulty by the answers.
                 */
                difficulty: number;
                /**
                 * Format: double
                 * @description Standard error of that difficulty.
                 */
                standard_error: number;
                /**
                 * Format: double
                 * @description How sharply the question tells people apart.
                 */
                discrimination: number;
                /**
                 * Format: int32
                 * @description People whose answers it stands on.
                 */
                answers: number;
                /** @description Whether a curator should look: surely harder or easier than the author said, and by a size that matters. */
                flagged: boolean;
                calibrated_at: components["schemas"]["Timestamp"];
            }[];
            /** @description Pass this as `after` to get the next page; null at the end. */
            next?: string | null;
        };
        /** @description A page of a list. */
        ListOf_EvaluationBody: {
            /** @description The entries. */
            items: {
                id: components["schemas"]["EvaluationId"];
                session_id?: components["schemas"]["SessionId"] | null;
                question_id?: components["schemas"]["QuestionId"] | null;
                response_id?: components["schemas"]["ResponseId"] | null;
                /** @description Who judged. */
                engine: components["schemas"]["Engine"];
                rubric: components["schemas"]["RubricRef"];
                criteria: components["schemas"]["CriterionBody"][];
                key_points: components["schemas"]["KeyPointBody"][];
                /** @description Computed in code from criteria and weights. */
                overall: components["schemas"]["Overall"];
                strengths: string[];
                areas_for_improvement: string[];
                created_at: components["schemas"]["Timestamp"];
            }[];
            /** @description Pass this as `after` to get the next page; null at the end. */
            next?: string | null;
        };
        /** @description A page of a list. */
        ListOf_EventBody: {
            /** @description The entries. */
            items: (components["schemas"]["EventKind"] & {
                /**
                 * Format: int64
                 * @description Position in the log, from 1.
                 */
                seq: number;
                at: components["schemas"]["Timestamp"];
            })[];
            /** @description Pass this as `after` to get the next page; null at the end. */
            next?: string | null;
        };
        /** @description A page of a list. */
        ListOf_FeedbackBody: {
            /** @description The entries. */
            items: (components["schemas"]["FeedbackContent"] & {
                id: components["schemas"]["FeedbackId"];
                response_id: components["schemas"]["ResponseId"];
                session_id: components["schemas"]["SessionId"];
                engine: components["schemas"]["Engine"];
                created_at: components["schemas"]["Timestamp"];
            })[];
            /** @description Pass this as `after` to get the next page; null at the end. */
            next?: string | null;
        };
        /** @description A page of a list. */
        ListOf_JobLoadBody: {
            /** @description The entries. */
            items: {
                kind: string;
                /**
                 * Format: int64
                 * @description Due or not, and nobody is at it.
                 */
                waiting: number;
                /**
                 * Format: int64
                 * @description Nodes are at it.
                 */
                running: number;
                /**
                 * Format: int64
                 * @description Given up.
                 */
                dead: number;
                due_since?: components["schemas"]["Timestamp"] | null;
            }[];
            /** @description Pass this as `after` to get the next page; null at the end. */
            next?: string | null;
        };
        /** @description A page of a list. */
        ListOf_ManagedUserBody: {
            /** @description The entries. */
            items: {
                id: components["schemas"]["UserId"];
                /** @description Null for a guest. */
                email?: string | null;
                name: string;
                role: components["schemas"]["Role"];
                is_guest: boolean;
                expires_at?: components["schemas"]["Timestamp"] | null;
                created_at: components["schemas"]["Timestamp"];
                locked_at?: components["schemas"]["Timestamp"] | null;
                /**
                 * Format: int64
                 * @description In how many places they are signed in.
                 */
                sign_ins: number;
                last_used_at?: components["schemas"]["Timestamp"] | null;
            }[];
            /** @description Pass this as `after` to get the next page; null at the end. */
            next?: string | null;
        };
        /** @description A page of a list. */
        ListOf_OwnRetentionBody: {
            /** @description The entries. */
            items: (components["schemas"]["RetentionRuleBody"] & {
                /**
                 * Format: int64
                 * @description How many they have.
                 */
                count: number;
                first_goes_at?: components["schemas"]["Timestamp"] | null;
            })[];
            /** @description Pass this as `after` to get the next page; null at the end. */
            next?: string | null;
        };
        /** @description A page of a list. */
        ListOf_QuestionBody: {
            /** @description The entries. */
            items: {
                id: components["schemas"]["QuestionId"];
                session_id?: components["schemas"]["SessionId"] | null;
                /** @description The interviewer's remark before it. */
                lead_in?: string | null;
                content: string;
                category: components["schemas"]["InterviewType"];
                phase: components["schemas"]["Phase"];
                difficulty: components["schemas"]["Difficulty"];
                /** @description Key in the competency taxonomy. */
                competency: string;
                /** @description Its name for people. */
                competency_label: string;
                tags: string[];
                is_follow_up: boolean;
                parent_question_id?: components["schemas"]["QuestionId"] | null;
                /**
                 * Format: int32
                 * @description Position in the interview, from 1.
                 */
                order: number;
                /**
                 * Format: int32
                 * @description Time that it needs, minutes.
                 */
                minutes: number;
                /** @description The lines that caused it, word for word. */
                grounding: components["schemas"]["Grounding"][];
                /** @description Who asks it. */
                engine: components["schemas"]["Engine"];
                asked_at?: components["schemas"]["Timestamp"] | null;
            }[];
            /** @description Pass this as `after` to get the next page; null at the end. */
            next?: string | null;
        };
        /** @description A page of a list. */
        ListOf_QuestionVersionBody: {
            /** @description The entries. */
            items: {
                /**
                 * Format: int32
                 * @description From 1.
                 */
                version: number;
                /** @description Whether it is no longer asked from this version on. */
                retired: boolean;
                /** @description When it was stored. */
                changed_at: components["schemas"]["Timestamp"];
                role: string;
                /** @description Where it was taken from. */
                source?: string | null;
                /** @description Under which licence. */
                licence?: string | null;
                question: components["schemas"]["BankQuestion"];
            }[];
            /** @description Pass this as `after` to get the next page; null at the end. */
            next?: string | null;
        };
        /** @description A page of a list. */
        ListOf_QueuedJobBody: {
            /** @description The entries. */
            items: {
                id: components["schemas"]["JobId"];
                /** @description Which work. */
                kind: string;
                status: components["schemas"]["QueuedJobStatus"];
                /** @description What it needs to know, JSON: ids, no words of anybody. */
                payload: string;
                /** @description Not before this moment. */
                run_at: components["schemas"]["Timestamp"];
                /**
                 * Format: int32
                 * @description Times it was started.
                 */
                attempts: number;
                /** @description Why it failed the last time; null when it did not. */
                error?: string | null;
            }[];
            /** @description Pass this as `after` to get the next page; null at the end. */
            next?: string | null;
        };
        /** @description A page of a list. */
        ListOf_ResumeBody: {
            /** @description The entries. */
            items: (components["schemas"]["Resume"] & {
                id: components["schemas"]["ResumeId"];
                /** @description Name of the uploaded file; null for pasted text. */
                file_name?: string | null;
                original?: components["schemas"]["OriginalBody"] | null;
                created_at: components["schemas"]["Timestamp"];
                updated_at: components["schemas"]["Timestamp"];
            })[];
            /** @description Pass this as `after` to get the next page; null at the end. */
            next?: string | null;
        };
        /** @description A page of a list. */
        ListOf_RetentionDueBody: {
            /** @description The entries. */
            items: (components["schemas"]["RetentionRuleBody"] & {
                /**
                 * Format: int64
                 * @description How many are older than their rule says.
                 */
                due: number;
            })[];
            /** @description Pass this as `after` to get the next page; null at the end. */
            next?: string | null;
        };
        /** @description A page of a list. */
        ListOf_RetentionRuleBody: {
            /** @description The entries. */
            items: {
                /** @example interviews */
                kind: string;
                /** @description What it is, in words. */
                what: string;
                /**
                 * @description How long, in words.
                 * @example 2 years after something last happened in them
                 */
                kept: string;
                /** @description Whether it is of people; the rest is of whoever runs the server. */
                is_personal: boolean;
            }[];
            /** @description Pass this as `after` to get the next page; null at the end. */
            next?: string | null;
        };
        /** @description A page of a list. */
        ListOf_SessionBody: {
            /** @description The entries. */
            items: {
                id: components["schemas"]["SessionId"];
                config_id: components["schemas"]["ConfigId"];
                title: string;
                position?: string | null;
                /** @description `active`, `paused`, `completed` or `abandoned`. */
                status: string;
                completion_reason?: components["schemas"]["CompletionReason"] | null;
                phase: components["schemas"]["Phase"];
                channel: components["schemas"]["Channel"];
                difficulty: components["schemas"]["Difficulty"];
                interview_type: components["schemas"]["InterviewType"][];
                /**
                 * Format: int32
                 * @description Minutes.
                 */
                duration: number;
                interviewer_personality: components["schemas"]["Personality"];
                language: string;
                rubric: components["schemas"]["RubricRef"];
                progress: components["schemas"]["ProgressBody"];
                current_question?: components["schemas"]["QuestionBody"] | null;
                /**
                 * Format: double
                 * @description 1..=10; null while too little was assessed.
                 */
                overall_score?: number | null;
                /**
                 * Format: int64
                 * @description Length of the sound that is kept of it, ms; null when none is, or not yet, and where an answer or the start is
                 *     acknowledged.
                 */
                recorded_ms?: number | null;
                /**
                 * Format: int64
                 * @description Position of the last event.
                 */
                last_seq: number;
                started_at: components["schemas"]["Timestamp"];
                ended_at?: components["schemas"]["Timestamp"] | null;
                created_at: components["schemas"]["Timestamp"];
                updated_at: components["schemas"]["Timestamp"];
            }[];
            /** @description Pass this as `after` to get the next page; null at the end. */
            next?: string | null;
        };
        /** @description A page of a list. */
        ListOf_SignInBody: {
            /** @description The entries. */
            items: {
                id: components["schemas"]["SignInId"];
                /** @description Browser and system in plain words, such as `Firefox on Linux`; empty when not known. */
                device: string;
                /** @description A network address without its last part, such as `203.0.113.x`; empty when not known. */
                address: string;
                created_at: components["schemas"]["Timestamp"];
                /** @description To within ten minutes. */
                last_used_at: components["schemas"]["Timestamp"];
                /** @description When it ends by itself unless it is used before. */
                expires_at: components["schemas"]["Timestamp"];
                /** @description Whether this request came by it. */
                is_current: boolean;
            }[];
            /** @description Pass this as `after` to get the next page; null at the end. */
            next?: string | null;
        };
        /** @description Sign in. */
        LoginBody: {
            email: string;
            password: string;
        };
        /** @description Somebody, as administrators see them: nothing that they said. */
        ManagedUserBody: {
            id: components["schemas"]["UserId"];
            /** @description Null for a guest. */
            email?: string | null;
            name: string;
            role: components["schemas"]["Role"];
            is_guest: boolean;
            expires_at?: components["schemas"]["Timestamp"] | null;
            created_at: components["schemas"]["Timestamp"];
            locked_at?: components["schemas"]["Timestamp"] | null;
            /**
             * Format: int64
             * @description In how many places they are signed in.
             */
            sign_ins: number;
            last_used_at?: components["schemas"]["Timestamp"] | null;
        };
        /** @description Memory. */
        MemoryBody: {
            /** Format: int64 */
            used_bytes: number;
            /** Format: int64 */
            limit_bytes: number;
        };
        /** @description One try at one model. */
        ModelAttempt: {
            /** @description The provider's name in the configuration. */
            provider: string;
            /** @description The model as its vendor names it. */
            model: string;
            /** @description `answered`, `skipped`, `cached`, or the kind of failure such as `rate_limited`. */
            outcome: string;
            /**
             * Format: int64
             * @description When it began, ms after the call began.
             */
            started_ms: number;
            /**
             * Format: int64
             * @description How long it took until the first text or the failure, ms.
             */
            took_ms: number;
        };
        /** @description A provider of a language model. */
        ModelBody: {
            name: string;
            protocol: components["schemas"]["ModelProtocol"];
            /** @description Its address, up to and without `/chat/completions` or `/messages`. */
            base_url: string;
            /** @description The model as its vendor names it. */
            model: string;
            /**
             * Format: int32
             * @description Longest request and reply together, tokens; null when it is not known.
             */
            context?: number | null;
            json: components["schemas"]["ModelJson"];
            enabled: boolean;
            source: components["schemas"]["ModelSource"];
            standing: components["schemas"]["ModelStanding"];
            key: components["schemas"]["ModelKey"];
            /** @description Last four characters of a key that is longer than twelve. */
            key_ending?: string | null;
        };
        /** @description One thing asked of language models, with everything that was tried for it. */
        ModelCall: {
            /** @description What for. */
            purpose: components["schemas"]["ModelPurpose"];
            /** @description Version of the prompt, such as `judge-v1`. */
            prompt: string;
            /** @description What was tried, in order. */
            attempts: components["schemas"]["ModelAttempt"][];
            /** @description Who answered, `provider/model`; `None` when nobody did, and the built-in engine took over. */
            model?: string | null;
            /** @description Tokens, as the vendor counted them. */
            usage: components["schemas"]["TokenUsage"];
            /**
             * Format: int64
             * @description What it cost, micro-dollars; `None` when no price is known.
             */
            micros?: number | null;
        };
        /**
         * @description How a provider keeps a reply to JSON.
         * @enum {string}
         */
        ModelJson: "schema" | "object" | "tool" | "prompt";
        /**
         * @description What is told of a key.
         * @enum {string}
         */
        ModelKey: "missing" | "set" | "unreadable";
        /** @description An order. */
        ModelOrderBody: {
            /** @description The names of all providers that were entered here. */
            names: string[];
        };
        /**
         * @description What a provider speaks.
         * @enum {string}
         */
        ModelProtocol: "openai" | "anthropic";
        /**
         * @description What a language model is asked for.
         * @enum {string}
         */
        ModelPurpose: "plan" | "turn" | "judge";
        /** @description Settings of a provider. */
        ModelSettingsBody: {
            protocol: components["schemas"]["ModelProtocol"];
            base_url: string;
            model: string;
            /** Format: int32 */
            context?: number | null;
            json: components["schemas"]["ModelJson"];
            /** @description Whether it is asked; default true. */
            enabled?: boolean | null;
            /** @description A new key. Left out, the key stays; null takes it away. */
            api_key?: string | null;
        };
        /**
         * @description Where a provider was entered.
         * @enum {string}
         */
        ModelSource: "database" | "configuration";
        /**
         * @description Whether a provider is asked.
         * @enum {string}
         */
        ModelStanding: "asked" | "off" | "key_unreadable" | "replaced";
        /** @description Which provider to try, and which part of the trial. */
        ModelTestBody: {
            name: string;
            part: components["schemas"]["ModelTestPart"];
            settings?: components["schemas"]["ModelSettingsBody"] | null;
        };
        /**
         * @description A part of the trial. Ask for them in this order.
         * @enum {string}
         */
        ModelTestPart: "answer" | "json" | "resume" | "cost";
        /** @description What one part of the trial showed. */
        ModelTestedBody: {
            findings: components["schemas"]["FindingBody"][];
            /** @description Whether further parts are worth trying. */
            goes_on: boolean;
        };
        /** @description Language models as they are set up. */
        ModelsBody: {
            /** @description Whether language models are asked at all (`llm.enabled`). */
            asked: boolean;
            /** @description In the order in which they are asked. The built-in engines stand behind the last. */
            items: components["schemas"]["ModelBody"][];
            /** @description Providers that are known by name, to add. */
            known: components["schemas"]["KnownModelBody"][];
            spending: components["schemas"]["SpendingBody"];
        };
        /** @description A new provider. */
        NewModelBody: {
            name: string;
            settings: components["schemas"]["ModelSettingsBody"];
        };
        /**
         * @description Why something was not assessed.
         * @enum {string}
         */
        NotAssessed: "silence" | "too_short" | "other_language" | "copied" | "no_sentences" | "no_evidence" | "judge_failed";
        /** @description Something noticed. */
        Note: {
            /** @description What was asked, and in which answer. */
            asked: components["schemas"]["Said"];
            answer?: components["schemas"]["Grounding"] | null;
            /** @enum {string} */
            note: "candidate_asked";
        } | {
            /** @description The words. */
            said: components["schemas"]["Said"];
            /**
             * Format: int32
             * @description Which warning this is, from 1; beyond [`MAX_CONDUCT_WARNINGS`] the interview ends.
             */
            warning: number;
            /** @enum {string} */
            note: "conduct";
        } | {
            /** @description What was said first. */
            earlier: components["schemas"]["Said"];
            /** @description What was said later. */
            later: components["schemas"]["Said"];
            /** @enum {string} */
            note: "contrast";
        } | {
            /** @description The answer. */
            response_id: components["schemas"]["ResponseId"];
            /** @enum {string} */
            note: "other_language";
        };
        /**
         * @description How bad it is.
         * @enum {string}
         */
        NoteSeverity: "error" | "warning";
        /** @description What a page that comes by WebRTC offers. */
        OfferBody: {
            /** @description Its session description. */
            sdp: string;
            /** @description The line that it had before, to come back to. */
            resume?: string | null;
            /**
             * @description The interviewer's voice. When none is named, or one that nobody has, the one that was chosen before, else that of
             *     the interviewer's manner.
             */
            voice?: string | null;
            /**
             * @description Whether one model is to hear and speak at once, as `realtime` of `/api/voice` says it can. Where there is none, the
             *     other engines do.
             */
            realtime?: boolean;
        };
        /** @description The answer to an offer. */
        OfferedBody: {
            /** @description The session description of the server. */
            sdp: string;
            /** @description The line's name. */
            link: string;
        };
        /** @description A file that a resume was read from. */
        OriginalBody: {
            /** Format: int64 */
            bytes: number;
            /** @description Such as `application/pdf`. */
            content_type: string;
        };
        /** @description A stretch of another voice than the candidate's. */
        OtherVoice: {
            /**
             * Format: int64
             * @description Where it begins.
             */
            from_ms: number;
            /**
             * Format: int64
             * @description Where it ends.
             */
            to_ms: number;
        };
        /** @description A model or an engine of speech outside of this program that gets words or sound of candidates. */
        OutsideBody: {
            /** @description Name of the provider or engine in the settings. */
            provider: string;
            /** @description The model as its vendor names it. */
            model: string;
            purpose: components["schemas"]["PurposeName"];
            /** @description Whether it is another company's: words of people who have not agreed are not sent to it. */
            needs_consent: boolean;
        };
        /** @description A total with its coverage. */
        Overall: {
            /**
             * Format: double
             * @description 1..=10, one decimal; `None` under a coverage of one half.
             */
            score?: number | null;
            /**
             * Format: double
             * @description Assessed weight over all weight, 0..=1.
             */
            coverage: number;
        };
        /** @description Two positions held at the same time. */
        Overlap: {
            /**
             * Format: int32
             * @description Place of one position in `experience`, from 0.
             */
            a: number;
            /**
             * Format: int32
             * @description Place of the other position in `experience`, from 0.
             */
            b: number;
            /** @description The first month in which both were held, `YYYY-MM`. */
            from: string;
            /** @description The last month in which both were held, `YYYY-MM`. */
            to: string;
        };
        /** @description What the person has of a kind, and when it begins to go. */
        OwnRetentionBody: components["schemas"]["RetentionRuleBody"] & {
            /**
             * Format: int64
             * @description How many they have.
             */
            count: number;
            first_goes_at?: components["schemas"]["Timestamp"] | null;
        };
        /** @description Read a job description. */
        ParseJobBody: {
            job_description: string;
        };
        /**
         * @description How the interviewer speaks and how long it digs. It never changes what counts.
         * @enum {string}
         */
        Personality: "supportive" | "professional" | "challenging" | "direct";
        /**
         * @description A part of the interview.
         * @enum {string}
         */
        Phase: "introduction" | "experience" | "technical" | "behavioral" | "scenario" | "wrap_up";
        /** @description A phase with its share of the time. */
        PhaseBody: {
            phase: components["schemas"]["Phase"];
            /**
             * Format: double
             * @description 0..=1.
             */
            share: number;
        };
        /** @description The total of one phase. */
        PhaseSummary: {
            /** @description The phase. */
            phase: components["schemas"]["Phase"];
            /**
             * Format: double
             * @description Mean of the assessed answers, 1..=10.
             */
            score?: number | null;
            /**
             * Format: int32
             * @description Answers given.
             */
            answered: number;
            /**
             * Format: int32
             * @description Answers assessed.
             */
            assessed: number;
        };
        /** @description Connections to the database. */
        PoolBody: {
            /** @description `read` and `write`, or `all` where they are one. */
            name: string;
            /** Format: int32 */
            busy: number;
            /** Format: int32 */
            idle: number;
            /** Format: int32 */
            max: number;
        };
        /** @description What a job seeker says of themselves; used by the planner and in feedback. */
        Profile: {
            /**
             * @description Job titles aimed at.
             * @default []
             */
            target_job_titles: components["schemas"]["ProfileEntry"][];
            /** @default null */
            experience_level: components["schemas"]["Difficulty"] | null;
            /**
             * @description Industries aimed at.
             * @default []
             */
            industries: components["schemas"]["ProfileEntry"][];
            /**
             * @description Skills.
             * @default []
             */
            skills: components["schemas"]["ProfileEntry"][];
            /**
             * @description How feedback should sound.
             * @default supportive
             */
            preferred_feedback_style: components["schemas"]["FeedbackStyle"];
        };
        /** @description One entry of a list in a profile. */
        ProfileEntry: string;
        /** @description How far an interview has come. */
        ProgressBody: {
            /**
             * Format: int32
             * @description Questions asked, with follow-ups.
             */
            asked: number;
            /**
             * Format: int32
             * @description Questions answered, with follow-ups.
             */
            answered: number;
            /**
             * Format: int32
             * @description Planned questions, without follow-ups.
             */
            planned: number;
            /**
             * Format: int32
             * @description Planned questions answered.
             */
            planned_answered: number;
            /**
             * Format: int32
             * @description Answers judged.
             */
            evaluated: number;
            /**
             * Format: int32
             * @description 0..=100.
             */
            percent: number;
            /** Format: int64 */
            elapsed_ms: number;
            /** Format: int64 */
            remaining_ms: number;
            /** Format: int64 */
            total_ms: number;
            /** @description Phases with their share of the time, in order. */
            phases: components["schemas"]["PhaseBody"][];
            checklist: components["schemas"]["ChecklistEntry"][];
        };
        /** @description How a provider did. */
        ProviderHealthBody: {
            name: string;
            /**
             * Format: int64
             * @description Tries that were answered.
             */
            answered: number;
            /**
             * Format: int64
             * @description Tries that failed.
             */
            failed: number;
            /** @description What came of the last try: `answered`, or the kind of failure, such as `timed_out`. */
            last_outcome: string;
            /**
             * Format: int64
             * @description How long ago that was.
             */
            last_seconds_ago: number;
        };
        /**
         * @description What nothing is collected or sent for unless the person agrees.
         * @enum {string}
         */
        Purpose: "model_vendor" | "speech_vendor" | "recording" | "camera_numbers";
        /**
         * @description What a model or an engine is asked to do.
         * @enum {string}
         */
        PurposeName: "interviewing" | "judging" | "hearing" | "speaking" | "realtime";
        /** @description A question as it was asked. What a full answer says is not part of it. */
        QuestionBody: {
            id: components["schemas"]["QuestionId"];
            session_id?: components["schemas"]["SessionId"] | null;
            /** @description The interviewer's remark before it. */
            lead_in?: string | null;
            content: string;
            category: components["schemas"]["InterviewType"];
            phase: components["schemas"]["Phase"];
            difficulty: components["schemas"]["Difficulty"];
            /** @description Key in the competency taxonomy. */
            competency: string;
            /** @description Its name for people. */
            competency_label: string;
            tags: string[];
            is_follow_up: boolean;
            parent_question_id?: components["schemas"]["QuestionId"] | null;
            /**
             * Format: int32
             * @description Position in the interview, from 1.
             */
            order: number;
            /**
             * Format: int32
             * @description Time that it needs, minutes.
             */
            minutes: number;
            /** @description The lines that caused it, word for word. */
            grounding: components["schemas"]["Grounding"][];
            /** @description Who asks it. */
            engine: components["schemas"]["Engine"];
            asked_at?: components["schemas"]["Timestamp"] | null;
        };
        /**
         * @description Kinds of file with questions.
         * @enum {string}
         */
        QuestionFormat: "jsonl" | "csv";
        /**
         * Format: uuid
         * @description A question as it was asked in one interview.
         */
        QuestionId: string;
        /**
         * @description Where a question comes from.
         * @enum {string}
         */
        QuestionOrigin: "shipped" | "own";
        /** @description One version of a question that was added here. */
        QuestionVersionBody: {
            /**
             * Format: int32
             * @description From 1.
             */
            version: number;
            /** @description Whether it is no longer asked from this version on. */
            retired: boolean;
            /** @description When it was stored. */
            changed_at: components["schemas"]["Timestamp"];
            role: string;
            /** @description Where it was taken from. */
            source?: string | null;
            /** @description Under which licence. */
            licence?: string | null;
            question: components["schemas"]["BankQuestion"];
        };
        /** @description Background work. */
        QueuedJobBody: {
            id: components["schemas"]["JobId"];
            /** @description Which work. */
            kind: string;
            status: components["schemas"]["QueuedJobStatus"];
            /** @description What it needs to know, JSON: ids, no words of anybody. */
            payload: string;
            /** @description Not before this moment. */
            run_at: components["schemas"]["Timestamp"];
            /**
             * Format: int32
             * @description Times it was started.
             */
            attempts: number;
            /** @description Why it failed the last time; null when it did not. */
            error?: string | null;
        };
        /**
         * @description Where background work stands.
         * @enum {string}
         */
        QueuedJobStatus: "waiting" | "running" | "dead";
        /** @description A passage of the answer. `text` is exactly what stands at `start..end`. */
        Quote: {
            /** @description The words. */
            text: string;
            /** @description Offset of the first character, counted in Unicode scalar values from 0. */
            start: number;
            /** @description Offset after the last character. */
            end: number;
        };
        /** @description What an introduction told of the candidate. */
        Reading: {
            /** @description The role that they have or want. */
            role: string;
            /** @description Their seniority, when it can be told: `junior`, `mid`, `senior` or `lead`. */
            seniority?: string | null;
            /** @description The words that tell it. */
            quote: components["schemas"]["Quote"];
        };
        /** @description Something at its place in a recording. */
        RecordingMomentBody: {
            /** @description What. */
            kind: components["schemas"]["RecordingMomentKind"];
            /** @description Of questions and answers: which question of the interview, from 0. Of interruptions: which of them. */
            index: number;
            response_id?: components["schemas"]["ResponseId"] | null;
            question_id?: components["schemas"]["QuestionId"] | null;
            /**
             * Format: int64
             * @description From where, ms.
             */
            from_ms: number;
            /**
             * Format: int64
             * @description To where, ms.
             */
            to_ms: number;
        };
        /**
         * @description What lies there.
         * @enum {string}
         */
        RecordingMomentKind: "question" | "answer" | "interruption";
        /** @description A recording to look at. Places are ms from its beginning. */
        RecordingPeaksBody: {
            /**
             * Format: int64
             * @description How long it is, ms.
             */
            duration_ms: number;
            /**
             * Format: int64
             * @description Sound behind one height, ms.
             */
            step_ms: number;
            /** @description Heights of the candidate. */
            candidate: number[];
            /** @description Heights of the interviewer; as many. */
            interviewer: number[];
            /** @description What lies where, in order. */
            moments: components["schemas"]["RecordingMomentBody"][];
        };
        /** @description Stay signed in. */
        RefreshBody: {
            /** @description The web app leaves it out; its cookie counts. */
            refresh_token?: string | null;
        };
        /** @description Make an account. */
        RegisterBody: {
            email: string;
            /** @description At least 8 characters; none that is often used, and none made of name and address. A short sentence works well. */
            password: string;
            name: string;
            /** @description What the person agreed to. */
            consents?: components["schemas"]["ConsentBody"][] | null;
        };
        /** @description A question with its answer and all that is said of it. */
        ReportAnswerBody: {
            question: components["schemas"]["QuestionBody"];
            response?: components["schemas"]["ResponseBody"] | null;
            evaluation?: components["schemas"]["EvaluationBody"] | null;
            feedback?: components["schemas"]["FeedbackContent"] | null;
            /** @description An answer that would get full marks. */
            reference?: string | null;
            /** @description Later answers to the same question. */
            retries: components["schemas"]["RetryBody"][];
        };
        /** @description What an interview showed. */
        ReportBody: {
            session: components["schemas"]["SessionBody"];
            /** @description The total with its coverage; withheld under a coverage of one half. */
            overall: components["schemas"]["Overall"];
            keep?: components["schemas"]["HighlightBody"] | null;
            fix?: components["schemas"]["HighlightBody"] | null;
            phases: components["schemas"]["PhaseSummary"][];
            competencies: components["schemas"]["CompetencySummary"][];
            /** @description How able, by competency: a band of levels with how sure it is. */
            abilities: components["schemas"]["AbilityBand"][];
            /** @description What the job asks for, and where resume and answers show it. */
            job_coverage: components["schemas"]["JobCoverageBody"][];
            answers: components["schemas"]["ReportAnswerBody"][];
            /** @description What the interviewer noticed, in order: what was asked back, quotes side by side, conduct, language. */
            notes: components["schemas"]["Note"][];
            /** @description The interviewer's last words, when it ended the interview with some. */
            farewell?: string | null;
            /** @description Who asked and judged. */
            engines: components["schemas"]["Engine"][];
            /** @description Those of them that judged, with what they showed on the ladder. */
            judges: components["schemas"]["JudgeBody"][];
            /**
             * Format: int32
             * @description Answers that are still being judged.
             */
            pending_evaluations: number;
            generated_at: components["schemas"]["Timestamp"];
        };
        /** @description An answer. */
        ResponseBody: {
            id: components["schemas"]["ResponseId"];
            session_id: components["schemas"]["SessionId"];
            question_id: components["schemas"]["QuestionId"];
            content: string;
            /**
             * Format: int32
             * @description 1 for the first answer to the question.
             */
            attempt: number;
            spoken?: components["schemas"]["Spoken"] | null;
            /** @description What the recogniser had made of it; null unless the candidate corrected that. */
            misheard?: string | null;
            created_at: components["schemas"]["Timestamp"];
        };
        /**
         * Format: uuid
         * @description A candidate's answer to one question.
         */
        ResponseId: string;
        /** @description Ask for something about an answer. */
        ResponseRef: {
            response_id: components["schemas"]["ResponseId"];
        };
        /** @description A resume as it was read, or as its owner corrected it. */
        Resume: {
            /**
             * @description All visible text in reading order, lines separated by `\n`. Hidden text is not in it.
             * @default
             */
            text: string;
            /**
             * Format: int32
             * @description Pages of the document; 1 for plain text.
             * @default 0
             */
            pages: number;
            /**
             * @description The person's name as written.
             * @default null
             */
            name: string | null;
            /**
             * @description E-mail address as written.
             * @default null
             */
            email: string | null;
            /**
             * @description Telephone number as written.
             * @default null
             */
            phone: string | null;
            /**
             * @description Web addresses as written.
             * @default []
             */
            links: string[];
            /**
             * @description City, region or country as written.
             * @default null
             */
            location: string | null;
            /**
             * @description The line that says what the person is ("Senior data engineer").
             * @default null
             */
            headline: string | null;
            /**
             * @description Skills as written, in order, without repeats.
             * @default []
             */
            skills: string[];
            /**
             * @description Work experience in the order of the document.
             * @default []
             */
            experience: components["schemas"]["Experience"][];
            /**
             * @description Education in the order of the document.
             * @default []
             */
            education: components["schemas"]["Education"][];
            /**
             * @description Certificates as written.
             * @default []
             */
            certifications: string[];
            /**
             * @description Languages the person speaks, as written.
             * @default []
             */
            languages: string[];
            /** @default null */
            seniority: components["schemas"]["Seniority"] | null;
            /**
             * @description Those of the skills that the taxonomy knows, by its names. Read from `skills`; ignored when it is sent.
             * @default []
             */
            known_skills: components["schemas"]["KnownSkill"][];
            /** @default null */
            timeline: components["schemas"]["Timeline"] | null;
            /**
             * @description Doubts about the reading that its owner should look at.
             * @default []
             */
            warnings: components["schemas"]["Warning"][];
        };
        /** @description A resume as it was read, or as its owner corrected it. */
        ResumeBody: components["schemas"]["Resume"] & {
            id: components["schemas"]["ResumeId"];
            /** @description Name of the uploaded file; null for pasted text. */
            file_name?: string | null;
            original?: components["schemas"]["OriginalBody"] | null;
            created_at: components["schemas"]["Timestamp"];
            updated_at: components["schemas"]["Timestamp"];
        };
        /**
         * Format: uuid
         * @description An uploaded resume.
         */
        ResumeId: string;
        /** @description Upload a resume: a file, or pasted text. */
        ResumeUpload: {
            /**
             * Format: binary
             * @description PDF, DOCX, TXT or Markdown.
             */
            file?: string;
            /** @description Pasted text, when there is no file. */
            text?: string;
        };
        /** @description What would be deleted if its rule were applied now. */
        RetentionDueBody: components["schemas"]["RetentionRuleBody"] & {
            /**
             * Format: int64
             * @description How many are older than their rule says.
             */
            due: number;
        };
        /** @description How long one kind of data is kept. */
        RetentionRuleBody: {
            /** @example interviews */
            kind: string;
            /** @description What it is, in words. */
            what: string;
            /**
             * @description How long, in words.
             * @example 2 years after something last happened in them
             */
            kept: string;
            /** @description Whether it is of people; the rest is of whoever runs the server. */
            is_personal: boolean;
        };
        /** @description An answer given again, with its judgement. */
        RetriedBody: {
            response: components["schemas"]["ResponseBody"];
            evaluation?: components["schemas"]["EvaluationBody"] | null;
        };
        /** @description A later answer to the same question. */
        RetryBody: {
            response: components["schemas"]["ResponseBody"];
            evaluation?: components["schemas"]["EvaluationBody"] | null;
        };
        /**
         * @description What a person may do.
         * @enum {string}
         */
        Role: "job_seeker" | "recruiter" | "curator" | "admin";
        /** @description Give somebody another role. */
        RoleBody: {
            role: components["schemas"]["Role"];
        };
        /** @description Names a rubric and its version. */
        RubricRef: {
            /** @description The rubric's key. */
            id: string;
            /**
             * Format: int32
             * @description The rubric's version.
             */
            version: number;
        };
        /** @description A trial that is under way. */
        RunningBody: {
            /** @description Name of the provider; null for the built-in scorer. */
            provider?: string | null;
            /** @description Answers that are judged. */
            done: number;
            /** @description Answers in all; 0 at the very beginning. */
            of: number;
        };
        /** @description Words of one answer. */
        Said: {
            /** @description The answer. */
            response_id: components["schemas"]["ResponseId"];
            /** @description The words, with their place in it. */
            quote: components["schemas"]["Quote"];
        };
        /**
         * @description Level of experience.
         * @enum {string}
         */
        Seniority: "junior" | "mid" | "senior" | "lead";
        /** @description An interview. */
        SessionBody: {
            id: components["schemas"]["SessionId"];
            config_id: components["schemas"]["ConfigId"];
            title: string;
            position?: string | null;
            /** @description `active`, `paused`, `completed` or `abandoned`. */
            status: string;
            completion_reason?: components["schemas"]["CompletionReason"] | null;
            phase: components["schemas"]["Phase"];
            channel: components["schemas"]["Channel"];
            difficulty: components["schemas"]["Difficulty"];
            interview_type: components["schemas"]["InterviewType"][];
            /**
             * Format: int32
             * @description Minutes.
             */
            duration: number;
            interviewer_personality: components["schemas"]["Personality"];
            language: string;
            rubric: components["schemas"]["RubricRef"];
            progress: components["schemas"]["ProgressBody"];
            current_question?: components["schemas"]["QuestionBody"] | null;
            /**
             * Format: double
             * @description 1..=10; null while too little was assessed.
             */
            overall_score?: number | null;
            /**
             * Format: int64
             * @description Length of the sound that is kept of it, ms; null when none is, or not yet, and where an answer or the start is
             *     acknowledged.
             */
            recorded_ms?: number | null;
            /**
             * Format: int64
             * @description Position of the last event.
             */
            last_seq: number;
            started_at: components["schemas"]["Timestamp"];
            ended_at?: components["schemas"]["Timestamp"] | null;
            created_at: components["schemas"]["Timestamp"];
            updated_at: components["schemas"]["Timestamp"];
        };
        /**
         * Format: uuid
         * @description One interview.
         */
        SessionId: string;
        /** @description Where the person is signed in. */
        SignInBody: {
            id: components["schemas"]["SignInId"];
            /** @description Browser and system in plain words, such as `Firefox on Linux`; empty when not known. */
            device: string;
            /** @description A network address without its last part, such as `203.0.113.x`; empty when not known. */
            address: string;
            created_at: components["schemas"]["Timestamp"];
            /** @description To within ten minutes. */
            last_used_at: components["schemas"]["Timestamp"];
            /** @description When it ends by itself unless it is used before. */
            expires_at: components["schemas"]["Timestamp"];
            /** @description Whether this request came by it. */
            is_current: boolean;
        };
        /**
         * Format: uuid
         * @description One sign-in: everything that came from one login on one device.
         */
        SignInId: string;
        /** @description Signed in. */
        SignedIn: {
            user: components["schemas"]["UserBody"];
            /** @description For the header `Authorization: Bearer`. Null for the web app, which gets a cookie that no script can read. */
            access_token?: string | null;
            /** @description Used once, for the next pair. Null for the web app. */
            refresh_token?: string | null;
            /**
             * @description Always `Bearer`.
             * @example Bearer
             */
            token_type: string;
            /**
             * Format: int32
             * @description Life of the access token, seconds.
             */
            expires_in: number;
        };
        /**
         * @description Kinds of skill.
         * @enum {string}
         */
        SkillKind: "hard" | "soft" | "tool" | "language";
        /** @description What answers of three levels sound like: a sentence or two each, as they would be said. */
        SoundsLike: {
            /** @description An answer that would get 1 of 10. */
            1: string;
            /** @description An answer that would get 5 of 10. */
            5: string;
            /** @description An answer that would get 9 of 10. */
            9: string;
        };
        /** @description How an engine of speech does. */
        SpeechEngineBody: {
            task: components["schemas"]["SpeechTask"];
            /** @description Its name in the settings. */
            name: string;
            /** @description Whether it failed so often that it is asked only when nobody else is there, until it answers a probe. */
            is_left_alone: boolean;
            /**
             * Format: int64
             * @description Tries that were answered.
             */
            answered: number;
            /**
             * Format: int64
             * @description Tries that failed.
             */
            failed: number;
            /** @description What came of the last try: `answered`, or the kind of failure, such as `timed_out`; null when it was not asked. */
            last_outcome?: string | null;
            /**
             * Format: int64
             * @description How long ago that was; null when it was not asked.
             */
            last_seconds_ago?: number | null;
            /**
             * Format: int64
             * @description What it cost at this node, millionths of a US dollar.
             */
            micros: number;
            /**
             * Format: int64
             * @description Calls whose price is not known; `micros` does not hold them.
             */
            unpriced_calls: number;
        };
        /**
         * @description What an engine of speech does.
         * @enum {string}
         */
        SpeechTask: "hears" | "speaks" | "realtime";
        /** @description What may be spent and what was, micro-dollars. */
        SpendingBody: {
            /**
             * Format: int64
             * @description Spent today (UTC), by all nodes.
             */
            today_micros: number;
            /**
             * Format: int64
             * @description Calls of today whose price is not known: `today_micros` does not hold them.
             */
            unpriced_calls: number;
            /**
             * Format: int64
             * @description Cap for one day; null is no cap.
             */
            day_cap_micros?: number | null;
            /**
             * Format: int64
             * @description Cap for one interview; null is no cap.
             */
            interview_cap_micros?: number | null;
        };
        /** @description An answer as it sounded. Places are ms of the candidate's sound on one voice line. */
        Spoken: {
            /** @description The voice line whose sound the places below count: [`super::Event::VoiceJoined`] names it. */
            line: string;
            /**
             * Format: int64
             * @description Where the voice began.
             */
            from_ms: number;
            /**
             * Format: int64
             * @description Where it ended.
             */
            to_ms: number;
            /** @description Why it was taken for finished. */
            ended_by: components["schemas"]["EndedBy"];
            /** @description The engine that made words of it; `None` when none had a part in it. */
            engine?: string | null;
            /** @description The words with their places; empty when the engine does not say them. */
            words: components["schemas"]["SpokenWord"][];
            /** @description Whether a part was not understood. */
            is_partial: boolean;
            /**
             * @description Where somebody else than the candidate seems to have spoken; empty when the engine does not tell voices apart. The
             *     answer holds these words until the candidate leaves them out.
             */
            others?: components["schemas"]["OtherVoice"][];
        };
        /** @description A word with its place. */
        SpokenWord: {
            /** @description As the engine wrote it. */
            text: string;
            /**
             * Format: int64
             * @description Where it begins.
             */
            from_ms: number;
            /**
             * Format: int64
             * @description Where it ends.
             */
            to_ms: number;
        };
        /** @description How long a stage took, counted from the end of the candidate's voice. */
        StageBody: {
            /** @description `turn_end`, `transcript_final`, `first_token`, `first_audio`, `first_played`. */
            stage: string;
            /**
             * Format: int64
             * @description Turns in which it was measured.
             */
            turns: number;
            /**
             * Format: int64
             * @description Half of the turns took no longer.
             */
            p50_ms: number;
            /**
             * Format: int64
             * @description Nineteen in twenty took no longer.
             */
            p95_ms: number;
        };
        /**
         * @description When the stages of one turn were over, ms after the candidate's voice had ended. `None` when a stage was not
         *     reached or not seen.
         */
        Stages: {
            /**
             * Format: int64
             * @description The detector was sure that the voice had ended, and the turn was taken for finished.
             */
            turn_end_ms?: number | null;
            /**
             * Format: int64
             * @description The words were known.
             */
            transcript_final_ms?: number | null;
            /**
             * Format: int64
             * @description The interviewer's first word was known.
             */
            first_token_ms?: number | null;
            /**
             * Format: int64
             * @description The first sound of the reply left the server.
             */
            first_audio_ms?: number | null;
            /**
             * Format: int64
             * @description The first sound of the reply was heard.
             */
            first_played_ms?: number | null;
        };
        /** @description Start an interview. */
        StartBody: {
            config_id: components["schemas"]["ConfigId"];
            channel?: components["schemas"]["Channel"] | null;
        };
        /** @description How things are at this moment. */
        StatusBody: {
            /** @description Version of the program that answers. */
            version: string;
            /** @description Name of the machine that answers; null where it is not known. */
            node?: string | null;
            engine: components["schemas"]["EngineName"];
            /** @description What is needed, and whether it answers this node. */
            dependencies: components["schemas"]["DependencyBody"][];
            disk?: components["schemas"]["DiskBody"] | null;
            memory?: components["schemas"]["MemoryBody"] | null;
            /** @description Connections of this node to the database. */
            pools: components["schemas"]["PoolBody"][];
            /** @description Background work of all nodes, by kind. */
            work: components["schemas"]["JobLoadBody"][];
            /** @description Providers of language models, as this node has found them since it was started. */
            providers: components["schemas"]["ProviderHealthBody"][];
            /** @description Engines of speech in the order in which they are asked, as this node has found them since it was started. */
            speech: components["schemas"]["SpeechEngineBody"][];
            spending: components["schemas"]["SpendingBody"];
            /** @description What models cost on the last days, all nodes together, the newest first. */
            days: components["schemas"]["DaySpendingBody"][];
        };
        /**
         * @description Where an interview stands.
         * @enum {string}
         */
        StatusFilter: "active" | "paused" | "completed" | "abandoned";
        /** @description What the dates of positions add up to. Facts to ask about or to leave alone; nothing is judged by them. */
        Timeline: {
            /**
             * Format: int32
             * @description Months in which at least one position was held; positions at the same time count once.
             */
            months: number;
            /** @description Times of more than six months between positions, oldest first. */
            gaps: components["schemas"]["Gap"][];
            /** @description Positions held at the same time for two months or more. */
            overlaps: components["schemas"]["Overlap"][];
        };
        /**
         * Format: date-time
         * @description A moment in UTC, cut to microseconds so that SQLite and PostgreSQL return what was stored.
         */
        Timestamp: string;
        /** @description Tokens of one call; zero where the vendor did not count. */
        TokenUsage: {
            /**
             * Format: int64
             * @description Tokens read, with cached ones.
             */
            input: number;
            /**
             * Format: int64
             * @description Of those, tokens that the vendor had cached.
             */
            cached: number;
            /**
             * Format: int64
             * @description Tokens written.
             */
            output: number;
        };
        /**
         * @description How sound travels.
         * @enum {string}
         */
        Transport: "webrtc" | "websocket";
        /**
         * @description A way for the sound.
         * @enum {string}
         */
        TransportName: "webrtc" | "websocket";
        /** @description Figures of many turns. */
        TurnsBody: {
            /**
             * Format: int64
             * @description How many.
             */
            count: number;
            /** @description Each stage that was measured, in their order. */
            stages: components["schemas"]["StageBody"][];
        };
        /** @description What was said of an answer before its line ended: the next line goes on with it. */
        Unfinished: {
            /** @description The line on which it was said. */
            line: string;
            /** @description The words that were understood. */
            text: string;
            /**
             * Format: int64
             * @description Voice after them whose words are lost, ms; `None` while the line stands, and when nobody could say any more.
             */
            lost_ms?: number | null;
        };
        /** @description Change the account; what is left out stays. */
        UpdateMeBody: {
            name?: string | null;
            /** @description Needs `current_password`. */
            email?: string | null;
            current_password?: string | null;
            /** @description Needs `current_password`. */
            new_password?: string | null;
        };
        /** @description A person with an account, or a guest. */
        UserBody: {
            id: components["schemas"]["UserId"];
            /** @description Null for a guest. */
            email?: string | null;
            name: string;
            role: components["schemas"]["Role"];
            is_guest: boolean;
            expires_at?: components["schemas"]["Timestamp"] | null;
            created_at: components["schemas"]["Timestamp"];
            updated_at: components["schemas"]["Timestamp"];
            /**
             * @description Sign-ins that fell because somebody had a copy of them, until the person says that they know
             *     (`DELETE /api/users/me/sessions/{id}`).
             */
            alerts: components["schemas"]["AlertBody"][];
        };
        /**
         * @description A group of people.
         * @enum {string}
         */
        UserGroupName: "accounts" | "locked" | "guests";
        /**
         * Format: uuid
         * @description A person with an account, or a guest.
         */
        UserId: string;
        /** @description What this server can do for a spoken interview. */
        VoiceBody: {
            /** @description Whether words can be made of speech here; else answers are typed. */
            speech_to_text: boolean;
            /** @description The engines for it, in the order in which they are asked. */
            speech_to_text_engines: string[];
            /** @description Whether the sound of answers goes to another company for it, for people who agree (`speech_vendor`). */
            sound_leaves: boolean;
            /**
             * @description Whether people who do not agree are heard all the same, by an engine of this server. Where not, and `sound_leaves`,
             *     a line needs the consent (`consent_needed`).
             */
            hears_at_home: boolean;
            /** @description Whether questions can be spoken here; else they are read, or the browser speaks. */
            text_to_speech: boolean;
            /** @description The engines for it, in the order in which they are asked. */
            text_to_speech_engines: string[];
            /**
             * @description Whether what the interviewer says goes to another company for it, for people who agree; engines of this server speak
             *     to the others, or the browser does.
             */
            words_leave: boolean;
            /** @description Voices to choose from. */
            voices: components["schemas"]["VoiceName"][];
            /** @description Ways for the sound, the best first. */
            transports: components["schemas"]["TransportName"][];
            /** @description STUN and TURN servers for the page. */
            ice_servers: components["schemas"]["IceServer"][];
            /**
             * @description Whether one model can hear and speak at once for this person, who may ask for it when a line is opened
             *     (`realtime`). False without the consent `speech_vendor` where that model is another company's.
             */
            realtime: boolean;
        };
        /** @description An interviewer's voice. */
        VoiceName: {
            /** @description Name it as `voice` when the line is opened. */
            id: string;
            /** @description For people. */
            name: string;
            /** @description The only language that it speaks; null when it speaks all that its engine does. */
            language?: string | null;
            gender?: components["schemas"]["GenderName"] | null;
            manner?: components["schemas"]["Personality"] | null;
        };
        /** @description Something about a document that its owner should know. */
        Warning: {
            /** @description Stable name, for example `two_columns`. */
            code: string;
            /** @description What was seen and what to do, in a sentence. */
            message: string;
        };
        /** @description A provider that one can sign in with, at `/api/oauth/{name}/start`. */
        WayInBody: {
            /** @description Its name in addresses. */
            name: string;
            /** @description Its name for people. */
            label: string;
        };
        /** @description By which ways one can sign in to an account. */
        WaysInBody: {
            /** @description Whether there is a password. */
            has_password: boolean;
            /** @description Accounts at providers. */
            linked: components["schemas"]["LinkedBody"][];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
