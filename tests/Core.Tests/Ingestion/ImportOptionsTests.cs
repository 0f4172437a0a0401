using CertFunctions.Core.Ingestion;

namespace CertFunctions.Core.Tests.Ingestion;

public sealed class ImportOptionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 2, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Metadata_says_it_in_any_case_among_what_others_say()
    {
        var options = ImportOptions.Of(Metadata(("MISSING", "Deactivate"), ("takenat", "2026-11-24T02:30:00Z"), ("confirmUsers", "12"), ("hdi_isfolder", "no")));

        Assert.Equal(new ImportOptions { Missing = MissingUsers.Deactivate, TakenAt = Now, ConfirmUsers = 12 }, options);
        Assert.Empty(options.Broken(ImportKind.Users, Now));
    }

    [Theory]
    [InlineData("missing", "delete", "missing must be one of keep, deactivate")]
    [InlineData("missing", "1", "missing must be one of keep, deactivate")]
    [InlineData("takenAt", "2026-11-24", "takenAt " + Instant.Rule)]
    [InlineData("takenAt", "2026-11-24T02:30:00+01:00", "takenAt " + Instant.Rule)]
    [InlineData("confirmUsers", "-1", "confirmUsers must be a whole number")]
    public void What_cannot_be_read_is_named(string name, string value, string why) =>
        Assert.Equal(why, ImportOptions.Of(Metadata((name, value))).Unreadable);

    [Theory]
    [InlineData(ImportKind.Groups, MissingUsers.Deactivate, 0, null, "missing")]
    [InlineData(ImportKind.Awards, MissingUsers.Keep, 0, null, "takenAt")]
    [InlineData(ImportKind.Users, MissingUsers.Keep, 1, null, "takenAt")]
    [InlineData(ImportKind.Users, MissingUsers.Keep, 0, 1, "confirmUsers")]
    public void What_breaks_a_rule_is_named(ImportKind kind, MissingUsers missing, int takenIn, int? confirm, string name) =>
        Assert.Contains(name, new ImportOptions { Missing = missing, TakenAt = Now.AddSeconds(takenIn), ConfirmUsers = confirm }.Broken(kind, Now).Select(broken => broken.Name));

    [Fact]
    public void Files_of_which_different_things_are_said_are_told_apart()
    {
        ImportOptions[] all =
        [
            ImportOptions.None,
            new() { Missing = MissingUsers.Deactivate },
            new() { Missing = MissingUsers.Deactivate, ConfirmUsers = 1 },
            new() { TakenAt = Now },
            new() { Unreadable = "x" },
        ];

        Assert.Distinct(all.Select(options => options.Key));
        Assert.Equal("", ImportOptions.Of([]).Key);
    }

    private static IEnumerable<KeyValuePair<string, string>> Metadata(params (string Name, string Value)[] said) =>
        said.Select(one => KeyValuePair.Create(one.Name, one.Value));
}
