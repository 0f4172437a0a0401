namespace CertFunctions.Core.Audit;

/// <summary>A change as the audit tells it: handed to the store together with the change, and stored with it or not at all.</summary>
/// <param name="Id">Names this change: however often it is recorded, there is one entry of it.</param>
/// <param name="Action">What was done: <c>certification.edited</c>.</param>
/// <param name="Subject">What it was done to, as the path of the API names it: <c>certifications/FIRE-1/awards/u-1</c>.</param>
/// <param name="Before">As it was, one of the types that the store can show; null: it was not there.</param>
/// <param name="After">As it is now; null: it is gone.</param>
public sealed record AuditEntry(
    string Id, DateTimeOffset At, Actor By, string Action, string Subject, object? Before, object? After, string? Reason)
{
    /// <returns>Null where a job makes the change: the job's own entry stands for all of them.</returns>
    public static AuditEntry? Of(
        Actor by, DateTimeOffset at, string action, string subject, object? before, object? after, string? reason = null) =>
        by.IsJob ? null : new AuditEntry(NewestFirst.NewKey(at), at, by, action, subject, before, after, reason);

    /// <summary>The same entry for another try, which may not be taken for the one that failed.</summary>
    public AuditEntry Again() => this with { Id = NewestFirst.NewKey(At) };
}
