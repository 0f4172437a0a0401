namespace CertFunctions.Core.Directory;

/// <summary>When something happened in the directory. Events come in any order; of two the later one counts.</summary>
/// <param name="IsLastWord">Counts whatever was there before: it is no news from elsewhere, but done here and now.</param>
public sealed record EventTime(DateTimeOffset At, bool IsLastWord)
{
    /// <param name="at">Null: done by hand, now.</param>
    public static EventTime Of(DateTimeOffset? at, DateTimeOffset now) => at is { } happened ? new(happened, IsLastWord: false) : ByHand(now);

    public static EventTime ByHand(DateTimeOffset now) => new(now, IsLastWord: true);

    /// <summary>Whether it changes nothing, because what is there is later. Of two at the same time the one that comes last counts.</summary>
    public bool IsOlderThan(DateTimeOffset? former) => !IsLastWord && At < former;
}
