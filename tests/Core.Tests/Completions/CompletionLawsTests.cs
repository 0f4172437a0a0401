using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Completions;
using CertFunctions.Core.Directory;
using CertFunctions.Testing;
using CsCheck;

namespace CertFunctions.Core.Tests.Completions;

/// <summary>What holds for whatever is completed, whenever, of a certification defined however.</summary>
public sealed class CompletionLawsTests
{
    private static readonly User Ada = Sample.User("u-1");

    private static readonly Gen<Validity?> Validities = Gen.Select(Gen.Int[1, 40], Gen.Enum<ValidityUnit>(), Gen.Int[0, 9], (value, unit, none) =>
        none > 0 && Validity.TryCreate(value, unit, out var validity) ? validity : null);

    private static readonly Gen<Certification> Certifications = Gen.Select(Validities, Gen.Int[0, 90], Gen.Enum<RenewalRule>(), (validity, window, rule) =>
        Sample.Certification("FIRE-1") with { Validity = validity, RenewalWindowDays = window, Renewal = rule });

    private static readonly Gen<Completion> Completions = Gen.Select(Gen.Int[0, 1_500], Gen.Int[1, 3], (day, activity) => new Completion(
        Ada.Id, new Activity(ActivityType.Course, Sample.Id($"C-{activity}")), null, new DateOnly(2023, 1, 1).AddDays(day)));

    private static readonly Gen<Award?> Existing = Gen.Select(Gen.Int[0, 1_500], Gen.Int[0, 1_500], Gen.Bool, Gen.Int[0, 4], (issued, lasts, held, kind) =>
        kind == 0 ? null : AwardSamples.New(Sample.Certification("FIRE-1").Code, Ada.Id, kind == 1 ? null : new DateOnly(2023, 1, 1).AddDays(issued + lasts)) with
        {
            IssuedOn = new DateOnly(2023, 1, 1).AddDays(issued),
            Held = held,
            Version = kind,
        });

    [Fact]
    public void No_completion_ever_shortens_an_expiry() => Gen.Select(Certifications, Existing, Completions.List[1, 5]).Sample((certification, existing, all) =>
        existing is not { Held: true }
        || (Held(certification, existing, all)!.ExpiresOn ?? DateOnly.MaxValue) >= (existing.ExpiresOn ?? DateOnly.MaxValue));

    [Fact]
    public void In_any_order_completions_that_count_from_completion_end_the_same() =>
        Gen.Select(Certifications, Existing, Completions.List[1, 5], Gen.Int[0, 1_000_000]).Sample((certification, existing, all, seed) =>
        {
            var plain = certification with { Renewal = RenewalRule.FromCompletion };
            var shuffled = all.OrderBy(completion => HashCode.Combine(seed, completion)).ToList();
            return Dates(OneByOne(plain, existing, all)) == Dates(OneByOne(plain, existing, shuffled));
        });

    /// <summary>By the rules alone, that is without marks, where the window is shorter than the validity.</summary>
    [Fact]
    public void The_same_completion_twice_is_the_same_as_once() => Gen.Select(Certifications, Existing, Completions).Sample((certification, existing, one) =>
    {
        var lasting = certification with { Validity = certification.Validity is null ? null : Years(1) };
        var once = Held(lasting, existing, [one]);
        return Decide(lasting, once, [one]) is { Outcome: ChangeOutcome.Skipped, After: null };
    });

    [Fact]
    public void All_at_once_is_the_same_as_one_by_one_in_one_version() => Gen.Select(Certifications, Existing, Completions.List[1, 5]).Sample((certification, existing, all) =>
    {
        var atOnce = Decide(certification, existing, all).After;
        var oneByOne = OneByOne(certification, existing, all);
        return atOnce is null
            ? oneByOne == existing
            : atOnce.Version == (existing?.Version ?? 0) + 1
                && atOnce == oneByOne! with { Version = atOnce.Version, Change = atOnce.Change };
    });

    /// <summary>An award that is always valid keeps the issue date it came with: two of them are the same award.</summary>
    private static (DateOnly? IssuedOn, DateOnly? ExpiresOn) Dates(Award? award) => (award!.AlwaysValid ? null : award.IssuedOn, award.ExpiresOn);

    private static Award? OneByOne(Certification certification, Award? existing, IEnumerable<Completion> all) =>
        all.Aggregate(existing, (held, completion) => Held(certification, held, [completion]));

    private static Award? Held(Certification certification, Award? existing, IReadOnlyList<Completion> all) =>
        Decide(certification, existing, all).After ?? existing;

    private static Decision Decide(Certification certification, Award? existing, IReadOnlyList<Completion> all) =>
        CompletionRules.Decide(all, certification, Ada.Id, Ada, existing, AwardSamples.Provenance).Decision;

    private static Validity Years(int value)
    {
        Assert.True(Validity.TryCreate(value, ValidityUnit.Years, out var years));
        return years;
    }
}
