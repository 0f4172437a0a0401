using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Directory;

/// <summary>One group as callers see it.</summary>
/// <param name="Members">How many users belong to it, deactivated ones included.</param>
public sealed record CountedGroupAnswer(LmsId Id, string Name, int Members, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static CountedGroupAnswer Of(CountedGroup counted) =>
        new(counted.Group.Id, counted.Group.Name, counted.Members, counted.Group.CreatedAt, counted.Group.UpdatedAt);
}
