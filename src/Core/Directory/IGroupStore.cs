using CertFunctions.Core.Audit;

namespace CertFunctions.Core.Directory;

/// <summary>Keeps the groups. A deleted group leaves its row behind, so that versions go on.</summary>
public interface IGroupStore
{
    /// <summary>Null when there is none, or no longer.</summary>
    Task<Group?> FindAsync(LmsId id, CancellationToken cancellationToken);

    /// <summary>Those of the given ids that name a group. A few are read one by one; of many, all groups between the first and the last.</summary>
    Task<IReadOnlySet<LmsId>> FindExistingAsync(IReadOnlyCollection<LmsId> ids, CancellationToken cancellationToken);

    /// <summary>The group for whoever wants to change it, a deleted one included.</summary>
    Task<StoredGroup?> FindStoredAsync(LmsId id, CancellationToken cancellationToken);

    /// <summary>Creates the group (without members, whoever belonged to a deleted one of this id) or changes it.</summary>
    /// <param name="entry">What the audit is to say of it, stored with it or not at all; null: nothing.</param>
    /// <returns>False when it changed since <paramref name="former"/> was read.</returns>
    Task<bool> TryWriteAsync(Group group, StoredGroup? former, AuditEntry? entry, CancellationToken cancellationToken);

    /// <summary>Takes the same time whatever the number of members.</summary>
    /// <param name="entry">As above.</param>
    /// <returns>False when it changed since <paramref name="former"/> was read.</returns>
    Task<bool> TryDeleteAsync(StoredGroup former, DateTimeOffset at, AuditEntry? entry, CancellationToken cancellationToken);

    /// <summary>In the order of ids.</summary>
    Task<Page<Group>> ListAsync(PageRequest page, CancellationToken cancellationToken);
}

/// <param name="ChangedAt">Of the last change, the deletion included.</param>
/// <param name="Revision">Names this state of the stored row.</param>
public sealed record StoredGroup(Group Group, bool Deleted, DateTimeOffset ChangedAt, string Revision);
