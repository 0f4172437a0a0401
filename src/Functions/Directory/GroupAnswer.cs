using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Directory;

/// <summary>A group in a list, where members are not counted.</summary>
public sealed record GroupAnswer(LmsId Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static GroupAnswer Of(Group group) => new(group.Id, group.Name, group.CreatedAt, group.UpdatedAt);
}
