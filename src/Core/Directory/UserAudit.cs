using CertFunctions.Core.Audit;

namespace CertFunctions.Core.Directory;

/// <summary>What the audit says of a change of a user.</summary>
internal static class UserAudit
{
    /// <returns>Null where nobody can see that anything changed, or a job changes it.</returns>
    public static AuditEntry? EntryOf(User? before, User after, Actor by) => before is not null && after.LooksLike(before)
        ? null
        : AuditEntry.Of(by, after.UpdatedAt, $"user.{VerbOf(before, after)}", $"users/{after.Id}", before, after);

    private static string VerbOf(User? before, User after) => (before?.Active, after.Active) switch
    {
        (null, _) => "created",
        (true, false) => "deactivated",
        (false, true) => "activated",
        _ => "edited",
    };
}
