using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;

namespace CertFunctions.Testing;

/// <summary>Well-formed records for tests that care about few of their members.</summary>
public static class Sample
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static LmsId Id(string id) => LmsId.Parse(id);

    public static User User(string id, string? username = null, string firstName = "Ada", string lastName = "Lovelace") => new()
    {
        Id = Id(id),
        Username = username ?? id,
        FirstName = firstName,
        LastName = lastName,
        CreatedAt = Now,
        UpdatedAt = Now,
        Version = 1,
    };

    public static Group Group(string id, string name = "Fire brigade", int version = 1) =>
        new() { Id = Id(id), Name = name, CreatedAt = Now, UpdatedAt = Now, Version = version };

    public static Branch Branch(string id, string? parentId = null, int version = 1) =>
        new() { Id = Id(id), Name = $"Branch {id}", ParentId = parentId is null ? null : Id(parentId), CreatedAt = Now, UpdatedAt = Now, Version = version };

    public static ExternalTraining Training(string id, string title = "First aid") =>
        new() { Id = Id(id), Title = title, CreatedAt = Now, UpdatedAt = Now, Version = 1 };

    public static Certification Certification(string code, string title = "Fire warden") =>
        new() { Code = CertificationCode.Parse(code), Title = title, CreatedAt = Now, UpdatedAt = Now, Version = 1 };
}
