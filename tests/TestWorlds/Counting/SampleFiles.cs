using CertFunctions.Core;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.TestWorlds.Counting;

/// <summary>Files of a row a person, on people whose ids and usernames <see cref="Seed"/> gives out.</summary>
public static class SampleFiles
{
    public static IEnumerable<(LmsId Id, string Name)> BranchNames(int count) =>
        Enumerable.Range(0, count).Select(number => (LmsId.Parse($"b-{number}"), $"Branch {number}"));

    public static string Branches(int count) =>
        "branch_id,name,parent_id\n" + string.Concat(BranchNames(count).Select(branch => $"{branch.Id},{branch.Name},\n"));

    /// <summary>Each in one of so many branches.</summary>
    /// <param name="ids">One row each.</param>
    /// <param name="branches">Those of <see cref="Branches"/>.</param>
    /// <param name="lastName">The same for all.</param>
    /// <param name="prefix">Their usernames begin with it; null: as <see cref="Seed.UsernameOf"/> has them.</param>
    public static string Users(IEnumerable<LmsId> ids, int branches, string lastName = "Lovelace", string? prefix = null) =>
        "user_id,username,first_name,last_name,branch_id\n"
        + string.Concat(ids.Index().Select(user => $"{user.Item},{prefix}{Seed.UsernameOf(user.Item)},Ada,{lastName},b-{user.Index % branches}\n"));

    /// <summary>As <see cref="Seed.AddUsersAsync"/> has them, but deactivated.</summary>
    public static string Deactivated(IEnumerable<LmsId> ids) =>
        "user_id,username,first_name,last_name,active\n"
        + string.Concat(ids.Select(id => (Id: id, Name: Seed.UsernameOf(id))).Select(user => $"{user.Id},{user.Name},{user.Name},{user.Name},0\n"));

    public static string Members(IEnumerable<LmsId> ids) =>
        "group_id,group_name,user_id\n" + string.Concat(ids.Select(id => $"drivers,Drivers,{id}\n"));

    /// <summary>Each for FIRE-1.</summary>
    public static string Awards(IEnumerable<LmsId> ids) =>
        "username,certification_code,certification_issue_date,always_valid,type,certification_expire_date\n"
        + string.Concat(ids.Select(id => $"{Seed.UsernameOf(id)},FIRE-1,2026-11-02,0,manual,2028-11-02\n"));
}
