namespace CertFunctions.Functions.Pages.Awarding;

internal static class PeopleWords
{
    /// <param name="people">Null: more than are counted.</param>
    public static string Chosen(int? people) => people switch
    {
        null => $"That is more than {Words.People(AwardUsersDialogs.PeopleCounted)}; the preview counts them.",
        0 => "That is nobody yet.",
        { } count => $"That is {Words.People(count)}.",
    };
}
