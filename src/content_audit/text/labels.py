"""What page furniture calls itself, in the languages that pages are most often written in.

Each entry is a label as `normalised` leaves it: letters only, case folded. `TITLES` open a widget, so that what
follows is the widget's; `MARKS` say everything themselves; `WEAK` words and those of `NAVIGATION` are furniture on a
polluted page and may be a heading or an answer on any other. The labels come from the default templates of the common
publishing systems (WordPress, Drupal, MediaWiki, Discourse, Ghost and the news and shop templates built on them), not
from any one site.
"""

from functools import lru_cache
from typing import Literal

from content_audit.expressions import expression
from content_audit.markup import MarkupKind
from content_audit.scripts import SIGNS

Kind = Literal[MarkupKind, "empty-section"]

_LETTER = rf"(?:[^\W\d_]|(?!\d)[{SIGNS}])"
_LETTERS = expression(rf"(?=[^\W\d_]){_LETTER}+(?:['’]{_LETTER}+)*")

_ASCII_APART = {code: " " for code in range(128) if not chr(code).isalpha()}
"""Parts the words of text in ASCII, in a third of the time that finding them takes."""

_POINTS = [*range(0x591, 0x5BE), *range(0x5BF, 0x5C3), 0x640, *range(0x64B, 0x660)]
_SPELLINGS: dict[int, int | None] = dict.fromkeys(_POINTS)
_SPELLINGS |= {0x901: 0x902, 0x93C: None, 0x958: 0x915, 0x959: 0x916, 0x95A: 0x917, 0x95B: 0x91C}
_SPELLINGS |= {0x95C: 0x921, 0x95D: 0x922, 0x95E: 0x92B, 0x95F: 0x92F}
"""Points of Hebrew and Arabic, and dots of Hindi that some write and some do not."""


def normalised(text: str) -> str:
    """The letters of a label, case folded and single-spaced: "Comments (3) »" and "comments" are one."""
    if text.isascii() and "'" not in text:
        return " ".join(text.lower().translate(_ASCII_APART).split())
    return " ".join(_LETTERS.findall(text.casefold().translate(_SPELLINGS))).replace("’", "'")


def _labels(text: str) -> frozenset[str]:
    return frozenset(normalised(label) for label in text.replace("\n", "|").split("|") if label.strip())


TITLES: dict[Kind, frozenset[str]] = {
    "related-posts-widget": _labels("""
        suggested|suggested articles|suggested posts|we recommend|from the archive|from the archives|from our blog
        from the blog
        latest from our blog|other related articles|other related posts
        related posts|related articles|related stories|related content|related news|related links|related topics
        related|related reading|related questions|related videos|related products|similar posts|similar articles
        similar stories|similar questions|you may also like|you might also like|you may like|you might like
        recommended|recommended for you|recommended articles|recommended reading|recommended stories|read next
        read also|read more|more stories|more articles|more news|more posts|more like this|more to read|keep reading
        continue reading|what to read next|up next|don't miss|latest posts|latest news|latest articles
        latest stories|latest|recent posts|recent news|recent articles|recent stories|recent content|recent comments
        popular posts|popular articles|popular stories|most popular|most read|most viewed|most shared|most commented
        most recent|trending|trending now|trending stories|top stories|top news|featured posts|featured stories
        featured articles|editor's picks|editors' picks|also on|from the web|from around the web|around the web
        promoted stories|promoted content|sponsored content|sponsored stories|sponsored links|you may have missed
        in case you missed it|hot network questions|people also ask|customers also viewed|customers also bought
        other posts|other articles|other news|discover more|explore more|more on this topic|more on this story
        more in this section|ähnliche beiträge|ähnliche artikel|verwandte artikel|verwandte themen
        verwandte beiträge|das könnte sie auch interessieren|das könnte dich auch interessieren|auch interessant
        mehr zum thema|weitere artikel|weitere beiträge|neueste beiträge|meistgelesen|lesen sie auch
        articles similaires|articles liés|articles récents|à lire aussi|lire aussi|à lire également
        sur le même sujet|vous aimerez aussi|les plus lus|artículos relacionados|entradas relacionadas
        noticias relacionadas|contenido relacionado|también te puede interesar|te puede interesar|lo más leído
        entradas recientes|lee también|artigos relacionados|posts relacionados|notícias relacionadas|leia também
        veja também|leia mais|mais lidas|últimas notícias|articoli correlati|articoli recenti|potrebbe interessarti
        potrebbe interessarti anche|leggi anche|i più letti|gerelateerde artikelen|gerelateerde berichten|lees ook
        meest gelezen|podobne artykuły|podobne wpisy|zobacz także|czytaj także|najnowsze wpisy|похожие статьи
        похожие записи|похожие материалы|читайте также|читать также|по теме|свежие записи|смотрите также
        последние новости|популярные статьи|ilgili yazılar|benzer yazılar|ilgili haberler|son yazılar
        relaterade artiklar|läs också|läs mer|関連記事|関連リンク|人気記事|最新記事|おすすめ記事|相关文章|相关阅读
        相关推荐|推荐阅读|热门文章|最新文章|관련기사|관련 기사
        인기기사|많이 본 뉴스|추천기사|مقالات ذات صلة|مواضيع ذات صلة|اقرأ أيضا
        articles les plus lus|derniers articles|sur le même thème|dans la même rubrique|lisez aussi|à voir aussi
        à ne pas manquer|cela pourrait vous intéresser|ces articles pourraient vous intéresser
        das könnte sie interessieren|das könnte dich interessieren|auch lesenswert|passend zum thema|lea también
        también te puede gustar|あわせて読みたい|関連する記事|関連ニュース|新着記事|人気の記事|おすすめの記事
        こちらもおすすめ|こちらの記事もおすすめ|アクセスランキング|延伸阅读|推荐文章
        相关新闻|热门推荐|猜你喜欢|你可能感兴趣|您可能感兴趣|你可能也喜欢|您可能也喜欢|相關文章|相關新聞
        相關閱讀|延伸閱讀|推薦閱讀|推薦文章|熱門文章|你可能也喜歡|您可能也喜歡|관련 뉴스|추천 기사
        인기 기사|최신 기사|أخبار ذات صلة|مواضيع متعلقة|قد يعجبك أيضا|الأكثر قراءة|यह भी पढ़ें|ये भी पढ़ें|इसे भी पढ़ें
        इन्हें भी पढ़ें|संबंधित खबरें|संबंधित समाचार|संबंधित लेख|ताज़ा खबरें|ताज़ा समाचार|लोकप्रिय खबरें
        सबसे ज़्यादा पढ़ी गई|כתבות נוספות|כתבות קשורות|מאמרים קשורים|מאמרים נוספים|פוסטים קשורים|עוד בנושא
        אולי יעניין אותך|אולי יעניין אתכם|קראו גם|קרא גם|הנקראות ביותר|הכי נקראות|บทความที่เกี่ยวข้อง
        ข่าวที่เกี่ยวข้อง|เรื่องที่เกี่ยวข้อง|เนื้อหาที่เกี่ยวข้อง|บทความล่าสุด|ข่าวล่าสุด|บทความแนะนำ|ข่าวแนะนำ
        ข่าวยอดนิยม|บทความยอดนิยม|bài viết liên quan|tin liên quan|bài liên quan|bài viết mới nhất|tin mới nhất
        tin cùng chuyên mục|bài viết cùng chủ đề|có thể bạn quan tâm|đọc nhiều nhất|xem nhiều nhất|đọc thêm
        """),
    "previous-next-navigation": _labels("""
        previous post|next post|previous article|next article|previous story|next story|previous entry|next entry
        previous page|next page|older posts|newer posts|older entries|newer entries|post navigation
        vorheriger beitrag|nächster beitrag|vorheriger artikel|nächster artikel|beitragsnavigation|article précédent
        article suivant|navigation de l'article|entrada anterior|entrada siguiente|siguiente entrada
        artículo anterior|artículo siguiente|post anterior|próximo post|artigo anterior|próximo artigo
        matéria anterior|próxima matéria|articolo precedente|articolo successivo|vorig bericht|volgend bericht
        poprzedni wpis|następny wpis|предыдущая статья|следующая статья|предыдущая запись|следующая запись
        önceki yazı|sonraki yazı|föregående inlägg|nästa inlägg|前の記事|次の記事|上一篇|下一篇|이전글|다음글
        이전기사|다음기사
        前の投稿|次の投稿|上一篇文章|下一篇文章|이전 글|다음 글|पिछला लेख|अगला लेख|הפוסט הקודם|הפוסט הבא
        המאמר הקודם|המאמר הבא
        บทความก่อนหน้า|บทความถัดไป|bài trước|bài tiếp theo|bài viết trước|bài viết tiếp theo|bài viết sau
        """),
    "tag-or-category-cloud": _labels("""
        tags|tagged|tag cloud|popular tags|all tags|categories|all categories|category|similar categories
        browse categories|browse by category|filed under|posted in|labels|archives|schlagwörter|schlagworte
        kategorien|étiquettes|catégories|etiquetas|categorías|categorias|marcadores|etichette|categorie|categorieën
        tagi|kategorie|теги|метки|рубрики|категории|etiketler|kategoriler|etiketter|kategorier|タグ|カテゴリー|标签
        分类|태그
        카테고리|الوسوم|التصنيفات
        टैग|श्रेणियाँ|תגיות|תגים|קטגוריות|แท็ก|ป้ายกำกับ|หมวดหมู่|từ khóa|chuyên mục|danh mục|標籤|分類
        """),
    "page-footer": _labels("""
        useful links|quick links|important links|helpful links|site map|sitemap|about us|about this site|company
        legal|customer service|customer support|get in touch|our network|partner sites|nützliche links|über uns
        rechtliches|liens utiles|à propos|enlaces útiles|enlaces de interés|links úteis|link utili|полезные ссылки
        友情链接|회사소개
        हमारे बारे में|เกี่ยวกับเรา|về chúng tôi|友情連結
        """),
    "page-furniture": _labels("""
        discussion about this post|ready for more|comments|comment|leave a reply|leave a comment|post a comment
        add a comment|join the conversation
        join the discussion|cancel reply|view comments|show comments|load comments|write a comment|reader comments
        discussion|responses|reply|share your thoughts|your email address will not be published|kommentare
        kommentar schreiben|schreibe einen kommentar|kommentar hinterlassen|commentaires|laisser un commentaire
        ajouter un commentaire|comentarios|deja un comentario|deja una respuesta|dejar un comentario|comentários
        deixe um comentário|deixe uma resposta|commenti|lascia un commento|reacties|geef een reactie
        laat een reactie achter|komentarze|dodaj komentarz|комментарии|добавить комментарий|оставить комментарий
        yorumlar|yorum yap|bir yanıt yazın|kommentarer|lämna ett svar|コメント|コメントを残す|评论|发表评论|发表回复
        댓글|댓글쓰기|التعليقات
        اترك تعليقا
        टिप्पणियाँ|टिप्पणी करें|टिप्पणी लिखें|अपनी टिप्पणी दें|एक टिप्पणी छोड़ें|תגובות|הוסף תגובה|הוספת תגובה
        כתיבת תגובה|השאר תגובה|ความคิดเห็น|แสดงความคิดเห็น|bình luận|viết bình luận|gửi bình luận|để lại bình luận
        发表留言|發表留言|發表迴響
        """),
}

AUTHOR = _labels("""
    about the author|about the authors|about author|author bio|meet the author|written by|über den autor
    über die autorin|à propos de l'auteur|sobre el autor|sobre la autora|sobre o autor|sobre a autora
    informazioni sull'autore|over de auteur|o autorze|об авторе|yazar hakkında|om författaren|この記事を書いた人
    作者简介|关于作者|글쓴이
    """)
"""Titles of the box that tells who wrote the article."""

MARKS: dict[Kind, frozenset[str]] = {
    "site-navigation": _labels("""
        skip to content|skip to main content|skip to navigation|skip to main|skip navigation|skip to footer
        skip to search|jump to content|jump to navigation|toggle navigation|toggle menu|toggle sidebar|main menu
        mobile menu|open menu|close menu|main navigation|primary menu|primary navigation|secondary menu|you are here
        back to top|to top|go to top|return to top|scroll to top|back to home|log in|login|sign in|log out
        create account|create an account|my account|register|sign in register|log in sign up|shopping cart|view cart
        zum inhalt springen|zum inhalt|hauptmenü|nach oben|anmelden|abmelden|aller au contenu
        menu principal|haut de page|se connecter|saltar al contenido|ir al contenido|menú principal|iniciar sesión
        volver arriba|pular para o conteúdo|ir para o conteúdo|vai al contenuto|torna su|accedi|naar inhoud|inloggen
        przejdź do treści|zaloguj się|перейти к содержимому|перейти к содержанию|войти|наверх|главное меню
        içeriğe geç|giriş yap|hoppa till innehåll|logga in|コンテンツへスキップ|ログイン|跳至内容|登录|注册
        본문 바로가기|로그인|회원가입
        تخطى إلى المحتوى|تسجيل الدخول
        تخطي إلى المحتوى|الانتقال إلى المحتوى|انتقل إلى المحتوى|本文へスキップ|本文へ移動
        メインコンテンツへスキップ|会員登録|新規登録|跳到主要内容|跳到内容
        跳转到内容|跳转到主要内容|跳至主要内容|跳到主要內容|跳至主要內容|登入|註冊|मुख्य सामग्री पर जाएँ
        सामग्री पर जाएँ|लॉग इन|लॉग इन करें|लॉगिन करें
        साइन इन करें|रजिस्टर करें|דלג לתוכן|דלג לתוכן הראשי|דילוג לתוכן|התחברות|הרשמה|ข้ามไปยังเนื้อหา
        ข้ามไปที่เนื้อหา|ข้ามไปยังเนื้อหาหลัก|เข้าสู่ระบบ|ลงทะเบียน|chuyển đến nội dung|chuyển tới nội dung
        bỏ qua đến nội dung|đăng nhập|đăng ký|đăng xuất
        """),
    "advertisement-marker": _labels("""
        advertisement|advertisements|advertising|advertisment|ad feedback|advertise|advertiser content|paid content
        paid post|sponsored by|sponsored|scroll to continue|story continues below advertisement
        article continues below advertisement|story continues below|article continues after advertisement
        continue reading below|advertisement continue reading below|advertisement scroll to continue
        advertisement story continues below|anzeige|werbung|publicité|annonce|publicidad|publicidade|pubblicità
        advertentie|reklama|реклама|reklam|広告|スポンサーリンク|广告|광고|إعلان|إعلانات
        廣告|विज्ञापन|פרסומת|โฆษณา|quảng cáo
        """),
    "search-widget": _labels("""
        no result|no results|no results found|view all result|view all results|see all results|search for
        search site|search this site|search this website|search the site|search our site|type to search
        press enter to search|hit enter to search|hit enter to search or esc to close|press esc to close
        advanced search|toggle search|open search|close search|show search|search results for|suche nach|suchen nach
        rechercher sur le site|buscar en el sitio|sin resultados|ver todos los resultados|nenhum resultado
        ver todos os resultados|nessun risultato|geen resultaten|brak wyników|нет результатов|ничего не найдено
        sonuç bulunamadı|検索結果|没有结果|검색결과
        没有找到结果|沒有結果|कोई परिणाम नहीं मिला|कोई परिणाम नहीं|לא נמצאו תוצאות|אין תוצאות|ไม่พบผลลัพธ์|ไม่พบผลการค้นหา
        không có kết quả|không tìm thấy kết quả|xem tất cả kết quả
        """),
    "page-footer": _labels("""
        privacy policy|privacy notice|privacy statement|privacy|cookie policy|cookies policy|cookie notice
        cookie settings|cookie preferences|terms of use|terms of service|terms and conditions|terms conditions|terms
        user agreement|privacy terms|terms privacy|disclaimer|accessibility statement|accessibility
        do not sell my personal information|do not sell or share my personal information|your privacy choices
        your california privacy rights|ad choices|adchoices|contact us|advertise with us|work with us
        write for us|report an error|corrections|copyright policy|dmca|editorial policy
        affiliate disclosure|powered by wordpress|proudly powered by wordpress|all rights reserved|impressum
        datenschutz|datenschutzerklärung|agb|nutzungsbedingungen|kontakt|mentions légales
        politique de confidentialité|conditions générales|conditions d'utilisation|contactez nous|qui sommes nous
        aviso legal|política de privacidad|política de cookies|términos y condiciones|términos de uso|quiénes somos
        política de privacidade|termos de uso|quem somos|fale conosco|expediente|informativa sulla privacy
        note legali|chi siamo|privacybeleid|algemene voorwaarden|over ons|polityka prywatności|regulamin|o nas
        политика конфиденциальности|пользовательское соглашение|контакты|обратная связь|о нас|gizlilik politikası
        kullanım şartları|hakkımızda|iletişim|integritetspolicy|om oss|プライバシーポリシー|利用規約|お問い合わせ
        会社概要|隐私政策|关于我们|联系我们
        免责声明|版权声明|개인정보처리방침|이용약관|청소년보호정책|찾아오시는 길|기사제보|광고문의|سياسة الخصوصية
        شروط الاستخدام|اتصل بنا|من نحن
        使用条款|服务条款|用户协议|隱私政策|隱私權政策|關於我們|聯絡我們|聯繫我們|服務條款|個人情報保護方針
        運営会社|特定商取引法に基づく表記|संपर्क करें|हमसे संपर्क करें
        गोपनीयता नीति|नियम और शर्तें|उपयोग की शर्तें|מדיניות פרטיות|מדיניות הפרטיות|תנאי שימוש|תנאי השימוש|צור קשר
        צרו קשר|הצהרת נגישות|ติดต่อเรา|นโยบายความเป็นส่วนตัว|นโยบายคุกกี้|เงื่อนไขการใช้งาน|ข้อกำหนดการใช้งาน
        liên hệ với chúng tôi|chính sách bảo mật|chính sách quyền riêng tư|điều khoản sử dụng|điều khoản dịch vụ
        """),
    "call-to-action": _labels("""
        subscribe|subscribe now|subscribe today|sign up|sign up now|sign up for free|join now|join us|get started
        learn more|see more|view more|show more|load more|view all|see all|click here|download now|buy now
        shop now|add to cart|add to wishlist|donate|donate now|support us|get the app|download the app|get a quote
        get a demo|request a demo|book a demo|free trial|start free trial|share|share this|share this article
        share this post|share this story|share article|share via|share on|sharing is caring|shares|tweet|tweet this
        pin it|share link|copy link|link copied|print|print this|email this|send email|print article|email article
        save article|bookmark|follow|follow us|follow us on|connect with us|stay connected|like this|like loading
        facebook|twitter|instagram|pinterest|linkedin|whatsapp|telegram|reddit|tumblr|youtube|flipboard|messenger
        google news|facebook twitter|newsletter|newsletters|newsletter signup|our newsletter|join our newsletter
        email address|your email|your email address|enter your email|enter your email address|accept|accept all
        accept cookies|accept all cookies|reject all|decline|i accept|i agree|got it|manage preferences
        manage cookies|cookie consent|this site uses cookies|we use cookies|no thanks|close this dialog|teilen
        jetzt abonnieren|abonnieren|mehr erfahren|weiterlesen|alle akzeptieren|alle ablehnen|drucken|partager
        partager cet article|s'abonner|abonnez vous|en savoir plus|lire la suite|tout accepter|tout refuser|imprimer
        compartir|suscríbete|suscribirse|leer más|aceptar todo|aceptar|imprimir|compartilhar|compartilhe|inscreva se
        assine|saiba mais|aceitar|condividi|iscriviti|abbonati|accetta|stampa|delen|meer lezen|abonneer|udostępnij
        czytaj więcej|subskrybuj|поделиться|подписаться|подпишитесь|читать далее|подробнее|принять|paylaş|abone ol
        devamını oku|dela|prenumerera|シェア|シェアする|ツイート|購読|続きを読む|分享|订阅|阅读全文|阅读更多
        공유하기|공유|구독|더보기|페이스북|트위터|카카오톡|카카오스토리
        مشاركة|اشترك|اقرأ المزيد
        もっと見る|もっと読む|フォローする|閱讀更多|訂閱|शेयर करें|साझा करें|सब्सक्राइब करें|और पढ़ें|हमें फॉलो करें|שתף|שתפו
        קרא עוד
        קראו עוד|הרשמה לניוזלטר|แชร์|แบ่งปัน|อ่านต่อ|อ่านเพิ่มเติม|ติดตามเรา|สมัครรับข่าวสาร|chia sẻ|xem thêm
        đăng ký nhận tin|theo dõi chúng tôi
        """),
}

WEAK = _labels("""
    pinterest|tumblr|flipboard|messenger|login|register|reply|written by|suggested|archives|tags|categories|category
    share|print|comments|comment|related|latest|recommended|company|legal|terms|privacy|discussion|responses|accept
    follow|subscribe|labels|accessibility|read more|learn more|see more|trending|disclaimer|get started|newsletter
    facebook|twitter|instagram|youtube|linkedin|whatsapp|telegram|reddit|advertising|kontakt|контакты|categorie
    sponsored|donate|decline|sign up
    टैग|श्रेणियाँ|टिप्पणियाँ|תגיות|תגים|קטגוריות|תגובות|הרשמה|שתף|שתפו|แท็ก|หมวดหมู่|ป้ายกำกับ|ความคิดเห็น
    ลงทะเบียน|แชร์|แบ่งปัน|từ khóa|chuyên mục|danh mục|bình luận|đăng ký|chia sẻ|xem thêm|đọc thêm|標籤|分類
    """)

NAVIGATION = _labels("""
    home|menu|news|blog|about|contact|help|faq|shop|store|cart|account|profile|forum|events|careers|jobs|weather
    sports|close|back|next|previous|prev|startseite|menü|accueil|inicio|início|home page|главная|меню|новости
    anasayfa|hem|ホーム|首页|홈|الرئيسية
    search|suche|recherche|buscar|cerca|zoeken|szukaj|поиск|ara|sök|検索|搜索|검색|بحث|archive|email|report|save
    submit
    actualités|ニュース|スポーツ|天気|メニュー|新闻|新聞|体育|體育|天气|天氣|뉴스|스포츠|날씨|메뉴|أخبار|رياضة
    طقس|القائمة|होम|मुख्य पृष्ठ|समाचार
    खेल|मौसम|मेनू|खोजें|संपर्क|דף הבית|חדשות|ספורט|תפריט|חיפוש|אודות|หน้าแรก|หน้าหลัก|ข่าว|กีฬา|เมนู|ค้นหา
    trang chủ|tin tức|thể thao|tìm kiếm|giới thiệu|liên hệ
    """)
"""Words of menus and tools: as ambiguous as those of `WEAK`."""

CONTROLS = _labels("""
    skip to content|skip to main content|skip to navigation|skip to main|skip navigation|skip to footer
    skip to search
    jump to content|jump to navigation|toggle navigation|toggle menu|toggle sidebar|toggle search|back to top
    zum inhalt springen|aller au contenu|saltar al contenido|ir al contenido|pular para o conteúdo
    ir para o conteúdo
    vai al contenuto|naar inhoud|przejdź do treści|перейти к содержимому|перейти к содержанию|içeriğe geç
    hoppa till innehåll|コンテンツへスキップ|跳至内容|본문 바로가기|تخطى إلى المحتوى
    本文へスキップ|メインコンテンツへスキップ|跳到主要内容|跳到内容|跳转到内容|跳至主要内容|跳到主要內容
    跳至主要內容|تخطي إلى المحتوى
    मुख्य सामग्री पर जाएँ|सामग्री पर जाएँ|דלג לתוכן|דילוג לתוכן|ข้ามไปยังเนื้อหา|chuyển đến nội dung|chuyển tới nội dung
    """)
"""What only a page says to its reader: no heading, whatever stands right under it."""


@lru_cache(maxsize=1)
def _index() -> dict[str, tuple[Kind, bool]]:
    """Every label with its kind and whether it opens a widget; a title's entry wins over a mark's."""
    marks = {label: (kind, False) for kind, labels in MARKS.items() for label in labels}
    marks |= {label: ("site-navigation", False) for label in NAVIGATION if label not in marks}
    marks |= dict.fromkeys(AUTHOR, ("page-furniture", True))
    return marks | {label: (kind, True) for kind, labels in TITLES.items() for label in labels}


def known(label: str) -> tuple[Kind, bool] | None:
    """What a normalised label is, and whether it opens a widget."""
    return _index().get(label)
