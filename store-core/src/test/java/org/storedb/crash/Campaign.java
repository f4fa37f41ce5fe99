package org.storedb.crash;

/** The campaigns, as {@link BugHunt} runs them against planted bugs. */
enum Campaign {
    /** {@link CrashCampaignTests}. */
    CRASH,
    /** The same with commits that never wait for the medium. */
    CRASH_WITHOUT_SYNC,
    /** {@link IoFaultSweepTests}. */
    FAULTS,
    /** {@link FileDamageTests}, store closed in order. */
    DAMAGE,
    /** {@link FileDamageTests}, process killed. */
    DAMAGE_AFTER_KILL,
    /** {@link ReopeningTests}. */
    REOPENING,
    /** {@link ClockJumpTests}. */
    CLOCK,
    /** The lost update and the write skew of the isolation campaign. */
    CONFLICTS
}
